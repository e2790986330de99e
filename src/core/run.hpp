#pragma once

#include <functional>
#include <optional>

#include "core/machine/parallel.hpp"
#include "core/machine/ranks.hpp"
#include "core/report.hpp"
#include "core/types.hpp"

namespace maha {

class Checkpoint;  // core/checkpoint.hpp

/// The progress of an iterative fit: what is known about its best result so far.
struct Progress {
  Index iteration = 0;
  std::optional<double> objective{}, bound{}, gap{};
  Report others{};  ///< further figures of the learner, as ordered keys
};

/// Called at every iteration. Returns false to make the fit stop and return its best so far.
using ProgressFn = std::function<bool(const Progress& state)>;

/// How a fit runs: threads, progress and stopping. The default is one thread and no callbacks.
struct Run {
  Threads threads = Threads();
  ProgressFn progress;
  /// Whether to stop, at the cost of reading a clock; for long computations within an iteration.
  std::function<bool()> stop_asked{};
  /// Where the state of the fit is kept, so that another run can go on from there; nullptr: nowhere.
  Checkpoint* checkpoint = nullptr;
  /// The processes that make this fit together: all call it with the same samples and options, and get the same result.
  /// What the functions above return is the same on all of them, too.
  const Ranks* ranks = &alone();

  /// Reports progress; false if the fit should stop.
  bool tell(const Progress& state) const { return !progress || progress(state); }

  /// True if the fit should stop. Every loop that may take a while should ask, in the thread that called the fit.
  bool stop() const { return stop_asked && stop_asked(); }
};

}  // namespace maha
