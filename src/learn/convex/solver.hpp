#pragma once

#include "core/run.hpp"
#include "learn/convex/loss.hpp"
#include "learn/convex/options.hpp"

namespace maha::learn::convex {

/// What the solver found: N = L'L, with its certificate.
struct Solution {
  Matrix L{};            ///< rank x r
  double objective = 0;  ///< of N
  double bound = 0;      ///< proven: no PSD N has less
  int iterations = 0;

  /// Relative, in [0, 1]; 0 where there is nothing to lose.
  double gap() const { return objective > bound ? (objective - bound) / objective : 0; }
};

/// min over PSD N of loss(N) + ridge tr N, by L-BFGS over a square factor L of N, from the PSD N = `start` until the
/// gap is within the tolerance. The loss is not convex in L; that a search over L has arrived is proven by the bound,
/// in terms of N. (Projected gradients, accelerated or spectral, took as many steps on iris, wine and wdbc, and had not
/// come near on digits after a hundred.) From a converged N, the smallest eigenvalues are dropped where
/// that lowers the objective or costs a tenth of the gap: the search had not brought them down to zero yet. Z: n x r,
/// the rows of the loss.
Solution solve(Loss& loss, const Matrix& Z, const SquareMatrix& start, const Options& options, const Run& run);

}  // namespace maha::learn::convex
