#pragma once

#include <string>
#include <string_view>

#include "io/output.hpp"

namespace maha::data {

/// A file with the state of a fit that was not finished, and what the fit depends on: only one that is the same in all
/// of these can go on from it.
struct CheckpointFile {
  std::string maha;     ///< the version that wrote it
  std::string tool;     ///< "maha-lmnn"
  std::string options;  ///< as on the command line, but for those that say when to stop or where to write
  std::string data;     ///< a checksum of all that was read
  std::string state;    ///< of the fit
};

/// Lines of text for all but the state, which are the bytes of numbers as they are in memory; a checksum of all before
/// it ends the file. Cost: linear in the size. `state` in place of the file's, which may be large.
void write_checkpoint(io::Output& out, const CheckpointFile& file, std::string_view state);

/// Throws InputError, without the file's name, if that is no checkpoint, one of another format, or one that was cut off
/// or altered.
CheckpointFile parse_checkpoint(std::string_view bytes);

}  // namespace maha::data
