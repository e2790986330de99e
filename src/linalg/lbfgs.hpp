#pragma once

#include <functional>

#include "core/types.hpp"

namespace maha {

/// f(x), with its gradient written to g (which has the size of x already).
using SmoothFunction = std::function<double(const Vector& x, Vector& g)>;

/// Told of every accepted iterate; false ends the search there.
using IterateFn = std::function<bool(int iteration, double f, const Vector& x)>;

struct LbfgsOptions {
  int max_iterations = 1000;
  int memory = 10;               ///< steps remembered
  double tolerance = 1e-12;      ///< stop when max |g| <= tolerance * max(1, |f|)
  std::function<bool()> stop{};  ///< asked before every evaluation: true ends the search at the last iterate
};

/// A local minimum of a smooth f: the last iterate. Limited-memory BFGS (Nocedal & Wright, Numerical Optimization, 2nd
/// ed., algorithms 7.4 and 7.5) with the bisection line search for the weak Wolfe conditions (Lewis & Overton, Math.
/// Programming 141, 2013), which f may answer with infinity outside of its domain. Stops too where no step descends
/// any more. Costs about one evaluation an iteration.
Vector minimize_lbfgs(const SmoothFunction& f, Vector x, const LbfgsOptions& options = {},
                      const IterateFn& iterate = nullptr);

}  // namespace maha
