#pragma once

#include <functional>
#include <optional>

#include "core/parallel.hpp"
#include "core/report.hpp"
#include "core/types.hpp"

namespace maha {

/// How far an iterative fit has come: what is known of its best so far.
struct Progress {
  Index iteration = 0;
  std::optional<double> objective{}, bound{}, gap{};
  Report others{};  ///< what else the learner counts, as ordered keys
};

/// Told of every iteration. Returns false to ask the fit to stop there and hand back its best so far.
using ProgressFn = std::function<bool(const Progress& state)>;

/// What a fit works with and whom it tells. The default is one thread and nobody.
struct Run {
  Threads threads = Threads();
  ProgressFn progress;
  /// Whether to stop, at the cost of looking at a clock: for what runs long within an iteration.
  std::function<bool()> stop_asked{};

  /// False if the fit shall stop.
  bool tell(const Progress& state) const { return !progress || progress(state); }

  /// True if the fit shall stop. To be asked, in the thread that called the fit, by every loop that may take a while.
  bool stop() const { return stop_asked && stop_asked(); }
};

}  // namespace maha
