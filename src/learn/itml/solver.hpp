#pragma once

#include "core/pairs.hpp"
#include "core/run.hpp"

namespace maha::learn::itml {

/// ITML with the identity as the prior: min over positive definite N of
///   F(N) = tr N - logdet N - r + gamma sum over violated pairs of (t - log t - 1),  t = v'Nv / xi, v = z_i - z_j,
/// where a similar pair is violated if t > 1, a dissimilar one if t < 1. Z: n x r.
struct ItmlProblem {
  const Matrix& Z;
  const Pairs& pairs;
  const Vector& xi;  ///< for each pair, > 0: upper (similar) or lower (dissimilar) bound on its squared distance
  double gamma;
  Matrix off{};  ///< n x r: how far off each coordinate of Z may be; empty if Z is exact
};

/// What the solver found: N = L L', L lower triangular, and its certificate.
struct ItmlSolution {
  SquareMatrix L;
  double objective = 0;  ///< F(N)
  double bound = 0;      ///< proven, rounding included: no N has a smaller F
  int iterations = 0;
  Index violated = 0;  ///< pairs beyond their bound at N
  bool converged = false;

  /// Relative, in [0, 1].
  double gap() const { return objective > bound ? (objective - bound) / objective : 0; }
};

/// `start`: a PSD N, r x r, of which a hundredth is replaced by the identity, or empty. It is used if its objective is
/// below that of the identity, and given up if it makes no progress.
ItmlSolution solve_itml(const ItmlProblem& problem, const SquareMatrix& start, double tolerance, int max_iterations,
                        const Run& run);

}  // namespace maha::learn::itml
