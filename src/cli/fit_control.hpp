#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "cli/live_line.hpp"
#include "core/run.hpp"
#include "learn/fit.hpp"

namespace maha::cli {

/// What an iterative fit has on every command line: a live line on a terminal, plain lines with --verbose, --trace,
/// --max-seconds, --require-converged, and a first Ctrl-C or SIGTERM that ends the fit at its next iteration.
class FitControl {
 public:
  /// Declares the options.
  explicit FitControl(App& app);

  /// Whether any of the options was given: refuse them where nothing is fitted.
  bool asked() const { return trace_path_ || max_seconds_ || require_converged_; }

  /// What the fit is to run with. The clock starts here, and signals are listened to from here on; a second one ends
  /// the process at once. `tolerance`: the gap at which the fit will stop, for the time left.
  Run run(double tolerance);

  /// To be called with the fit when the model has been written: lets all outputs appear, and says so if the
  /// fit has not converged. Ends the tool by an Exit then: 130 or 143 if a signal came, 3 if --require-converged was
  /// given.
  void finish(const Fit& fit);

 private:
  bool follow(const Progress& state);
  bool stop_asked() const;
  void show(const Progress& state, double seconds);
  void trace(const Progress& state, double seconds);
  double seconds_left(const Progress& state, double seconds);

  App& app_;
  std::optional<std::string> trace_path_;
  std::optional<double> max_seconds_;
  bool require_converged_ = false;

  Output* trace_ = nullptr;  // the app's
  bool traced_ = false;
  LiveLine line_;
  double tolerance_ = 0, first_gap_ = 0, first_seconds_ = 0;
};

}  // namespace maha::cli
