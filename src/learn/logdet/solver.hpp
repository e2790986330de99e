#pragma once

#include "core/pairs.hpp"
#include "core/run.hpp"
#include "learn/logdet/pair_loss.hpp"

namespace maha::learn::logdet {

/// To stay near to the identity and give pairs distances at little loss: min over positive definite N of
///   F(N) = tr N - logdet N - r + gamma loss(p),  p = v'Nv of each pair, v = z_i - z_j.
/// Z: n x r.
struct LogDetProblem {
  const Matrix& Z;
  const Pairs& pairs;
  const PairLoss& loss;
  double gamma;
  Matrix off{};  ///< n x r: how far off each coordinate of Z may be; empty if Z is exact
};

/// What the solver found: N = L L', L lower triangular, and its certificate.
struct LogDetSolution {
  SquareMatrix L;
  double objective = 0;  ///< F(N)
  double bound = 0;      ///< proven, rounding included: no N has a smaller F
  int iterations = 0;
  Vector p;            ///< of each pair at N
  Vector multipliers;  ///< c of each pair, which prove the bound
  bool converged = false;

  /// Relative, in [0, 1].
  double gap() const { return objective > bound ? (objective - bound) / objective : 0; }
};

/// `start`: a PSD N, r x r, of which a hundredth is replaced by the identity, or empty. It is used if its objective is
/// below that of the identity, and given up if it makes no progress. Stops at this relative gap. Cost of an iteration:
/// some tens of |pairs in the loss| r^2.
LogDetSolution solve_logdet(const LogDetProblem& problem, const SquareMatrix& start, double tolerance,
                            int max_iterations, const Run& run);

}  // namespace maha::learn::logdet
