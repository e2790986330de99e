#pragma once

#include <string>

namespace maha::io {

/// Where the path of an output leads after following all links: to a descriptor of this process, as "-", /dev/stdout
/// and /dev/fd/3 do, or to a file, which need not exist yet.
struct OutputTarget {
  int descriptor = -1;  ///< -1: there is a path
  std::string path;
};

/// Follows a path. If that fails because of a missing folder or a loop, opening the resulting path fails as well.
OutputTarget output_target(const std::string& path);

/// Whether two outputs have the same target, whatever their names, so that they would overwrite each other or mix. Both
/// may go to /dev/null.
bool same_target(const std::string& a, const std::string& b);

/// Whether an output would change the regular file that is read as `input`, where - is standard input.
bool overwrites(const std::string& output, const std::string& input);

}  // namespace maha::io
