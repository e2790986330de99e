#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/app.hpp"
#include "core/checkpoint.hpp"
#include "data/checkpoint/checkpoint_file.hpp"

namespace maha::cli {

/// --checkpoint FILE of a tool that fits: where the state of the fit is kept, and from where it goes on.
class FitCheckpoint {
 public:
  /// Declares the options.
  explicit FitCheckpoint(App& app);

  bool asked() const { return path_.has_value(); }

  /// To be called before anything is read: reads a file that is there. Throws UsageError for a file that the command
  /// line gives another part, and InputError if it cannot be written, is no checkpoint, or is of another tool, version
  /// or options.
  void prepare();

  /// The state from which to go on, if there is one, and where new ones are kept. `data`: a checksum of all that was
  /// read. Throws InputError if the state is of a fit to other data.
  Checkpoint& open(const std::string& data);

  /// At the end of a fit that could go on: the file holds its last state. `at_limit`: it ended at its last iteration,
  /// as the same command would again; otherwise by a signal, or by --max-seconds, which counts each run for itself.
  void keep(bool at_limit);

  /// At the end of one that has ended by itself, once its model is there: not before, or both could be lost.
  void remove();

 private:
  void write(const std::string& state);

  App& app_;
  std::optional<std::string> path_;
  std::optional<double> seconds_;
  data::CheckpointFile file_;  // as it would be written, but for the state
  std::optional<data::CheckpointFile> found_;
  std::unique_ptr<Checkpoint> checkpoint_;
  bool written_ = false, failed_ = false;
};

}  // namespace maha::cli
