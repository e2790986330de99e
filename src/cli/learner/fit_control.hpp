#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "cli/learner/fit_checkpoint.hpp"
#include "cli/learner/pace.hpp"
#include "cli/live_line.hpp"
#include "core/run.hpp"
#include "core/types.hpp"
#include "learn/fit.hpp"

namespace maha::cli {

/// Controls of iterative fits that all tools share: a live line on a terminal, plain lines with --verbose, --trace,
/// --max-seconds, --require-converged, --checkpoint, and a first Ctrl-C or SIGTERM that ends the fit at its next
/// iteration.
class FitControl {
 public:
  /// Declares the options. `line`: where to show progress.
  FitControl(App& app, LiveLine& line);

  /// Whether any of the options was given; they must be refused if nothing is fitted.
  bool asked() const { return trace_path_ || max_seconds_ || require_converged_ || checkpoint_file_.asked(); }

  /// To be called before anything is read: finds what is wrong with the checkpoint.
  void prepare() { checkpoint_file_.prepare(); }

  /// The Run for the fit. Starts the clock and listens to signals from here on; a second signal ends the process at
  /// once. `pace`: to estimate the time left. `data`: a checksum of all that was read, asked for only if it is needed.
  Run run(const Pace& pace, const std::function<std::string()>& data);

  /// To be called with the fit after the model has been written. Makes all outputs appear, and reports if the fit has
  /// not converged. Then ends the tool by an Exit: 130 or 143 if a signal came, 3 if --require-converged was given and
  /// not met.
  void finish(const learn::Fit& fit);

 private:
  bool follow(const Progress& state);
  bool stop_asked() const;
  bool at_limit(const learn::Fit& fit) const;
  bool ended_by_itself(const learn::Fit& fit) const;
  void go_on_from(Checkpoint& checkpoint);
  void visit(State& state);
  double seconds() const { return seconds_before_ + line_.seconds(); }
  void show(const Progress& state, double seconds);
  void trace(const Progress& state, double seconds);
  std::vector<std::string> live_fields(const Progress& state, double seconds);
  std::string time_left(const Progress& state, double seconds);
  double seconds_to_tolerance(double gap, double seconds);

  App& app_;
  std::optional<std::string> trace_path_;
  std::optional<double> max_seconds_;
  bool require_converged_ = false;

  io::Output* trace_ = nullptr;  // the app's
  bool traced_ = false;
  FitCheckpoint checkpoint_file_;
  Checkpoint* checkpoint_ = nullptr;  // of that file
  std::optional<Stage> stage_;        // around those of the fit: what was told of it,
  Index iteration_ = 0;
  double seconds_before_ = 0;  // in earlier runs, and
  std::string traced_text_;    // also in these; empty without both --trace and --checkpoint
  LiveLine& line_;
  Pace pace_;
  double first_gap_ = 0, first_seconds_ = 0;
};

}  // namespace maha::cli
