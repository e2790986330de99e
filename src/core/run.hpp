#pragma once

#include <functional>

#include "core/parallel.hpp"
#include "core/report.hpp"

namespace maha {

/// Told of every iteration: iteration, objective, gap and whatever else the learner counts, as ordered keys.
/// Returns false to ask the fit to stop there and hand back its best so far.
using ProgressFn = std::function<bool(const Report& state)>;

/// What a fit works with and whom it tells. The default is one thread and nobody.
struct Run {
  Threads threads = Threads();
  ProgressFn progress;

  /// False if the fit shall stop.
  bool tell(const Report& state) const { return !progress || progress(state); }
};

}  // namespace maha
