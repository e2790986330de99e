#pragma once

#include <functional>

#include "core/types.hpp"

namespace maha {
class Checkpoint;
}

namespace maha::linalg {

/// Returns f(x) and writes its gradient to g, which already has the size of x.
using SmoothFunction = std::function<double(const Vector& x, Vector& g)>;

/// Called with every accepted iterate; returning false ends the search there.
using IterateFn = std::function<bool(int iteration, double f, const Vector& x)>;

struct LbfgsOptions {
  int max_iterations = 1000;
  int memory = 10;                   ///< steps kept; Nocedal & Wright recommend 3 to 20
  double tolerance = 1e-12;          ///< stop when max |g| <= tolerance * max(1, |f|)
  std::function<bool()> stop{};      ///< asked before every evaluation; true ends the search at the last iterate
  Checkpoint* checkpoint = nullptr;  ///< where the search is a stage, which goes on without evaluating its start
};

/// Searches for a local minimum of a smooth f and returns the last iterate. Limited-memory BFGS (Nocedal & Wright,
/// Numerical Optimization, 2nd ed., algorithms 7.4 and 7.5) with the bisection line search for the weak Wolfe
/// conditions (Lewis & Overton, Math. Programming 141, 2013). f may return infinity outside its domain. The search also
/// ends where no step goes down any more. Cost: about one evaluation an iteration.
Vector minimize_lbfgs(const SmoothFunction& f, Vector x, const LbfgsOptions& options = {},
                      const IterateFn& iterate = nullptr);

/// The same over x >= 0, where entries become 0 exactly and leave 0 again where the slope is down: orthant-wise BFGS
/// (Andrew & Gao, ICML 2007) on the one orthant, with Armijo's condition along the projected step. A linear term of f
/// with positive weights is an L1 penalty. The search stops when max |g| over the entries free to move is small. Start:
/// x >= 0.
Vector minimize_lbfgs_nonnegative(const SmoothFunction& f, Vector x, const LbfgsOptions& options = {},
                                  const IterateFn& iterate = nullptr);

/// The gradient g at x >= 0 without the entries that could only lead below 0.
Vector projected_gradient(const Vector& x, const Vector& g);

}  // namespace maha::linalg
