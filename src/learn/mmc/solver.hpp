#pragma once

#include "core/pairs.hpp"
#include "core/run.hpp"

namespace maha::learn::mmc {

/// What rounding may have done to the whitened problem: the differences b of the dissimilar pairs may be off by `added`
/// in total, each by `largest` at most, and the matrix of the constraint by `excess` from the identity. A bound U
/// on the computed problem gives the bound
///   (U + added) / (1 - excess)^(1/2)
/// on the given one, since |L'b| changes by no more than b does, as |L| <= 1.
struct MmcMargins {
  double added = 0, excess = 0, largest = 0;

  double carry(double bound) const;
};

/// What the solver found: N = L L' with |L| = 1, and its certificate.
struct MmcSolution {
  SquareMatrix L;        ///< r x rank; of a diagonal N only its diagonal, r x 1
  double objective = 0;  ///< f(L)
  double bound = 0;      ///< proven, margins included: no feasible N has more
  int iterations = 0;
  bool converged = false;

  /// Relative, in [0, 1]; 0 where there is nothing to gain.
  double gap() const { return bound > 0 ? (bound - objective) / bound : 0; }
};

/// max f(N) = sum over pairs of (b'Nb)^(1/2), b = z_i - z_j, over PSD N with tr N <= 1. Z: n x r. From a converged N
/// the smallest eigenvalues are dropped, as many as the tolerance allows: the climb had not brought them down to zero
/// yet. `start`: any PSD N, r x r or r x 1, of which a share sqrt(tolerance) is replaced by the identity, since the
/// climb never leaves the range of its start; if it is 0 or empty, the identity itself. Where the margins alone keep
/// the gap above the tolerance, the search ends without convergence.
MmcSolution solve_mmc(const Matrix& Z, const Pairs& pairs, const SquareMatrix& start, bool diagonal, double tolerance,
                      int max_iterations, const Run& run, const MmcMargins& margins = {});

/// An upper bound on that maximum from any weights w > 0 (0 only where b = 0):
///   (sum w * lmax(sum bb'/w))^(1/2).
/// For every feasible N and t > 0, 2 (b'Nb)^(1/2) <= t w + b'Nb/(t w). Summing over the pairs, with <G,N> <= lmax(G)
/// and the best t, gives the bound. It includes the rounding of the sums.
double mmc_bound(const Matrix& Z, const Pairs& pairs, const Vector& w, bool diagonal, const Threads& threads);

}  // namespace maha::learn::mmc
