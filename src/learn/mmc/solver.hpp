#pragma once

#include "core/pairs.hpp"
#include "core/run.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::learn::mmc {

/// What rounding may have done to the whitened problem: the differences b of the dissimilar pairs may be off by `added`
/// in total, each by `largest` at most, and the matrix of the constraint by `excess` from the identity. A bound U
/// on the computed problem gives the bound
///   (U + added) / (1 - excess)^(1/2)
/// on the given one, since |L'b| changes by no more than b does, as |L| <= 1. With a spread, which is measured by the
/// matrix of the constraint too, U (1 + excess)^(1/2) takes the place of U.
struct MmcMargins {
  double added = 0, excess = 0, largest = 0;

  double carry(double bound, bool with_spread = false) const;
};

/// The term that spreads N over directions: spread tr N^(1/2), and a positive definite W in place of N^(1/2), by its
/// eigenpairs; of a diagonal N the diagonal as values, 0 where N has to be 0.
struct MmcSpread {
  double weight = 0;
  linalg::Eigenpairs root{};
};

/// What the solver found: N = L L' with |L| = 1, and its certificate.
struct MmcSolution {
  SquareMatrix L;        ///< r x rank; of a diagonal N only its diagonal, r x 1
  double objective = 0;  ///< f(L)
  double bound = 0;      ///< proven, margins included: no feasible N has more
  Vector weights;        ///< w of each pair and the spread, which prove it
  MmcSpread spread;
  int iterations = 0;
  bool converged = false;

  /// Relative, in [0, 1]; 0 where there is nothing to gain.
  double gap() const { return bound > 0 ? (bound - objective) / bound : 0; }
};

/// max f(N) = sum over pairs of (b'Nb)^(1/2) + spread tr N^(1/2), b = z_i - z_j, over PSD N with tr N <= 1. Z: n x r.
/// With a spread N has full rank; a diagonal N, in the columns in which rows of Z differ from 0. Without one, the
/// smallest eigenvalues of a converged N are dropped, as many as the tolerance allows: the climb had not brought them
/// down to zero yet. `start`: any PSD N, r x r or r x 1, of which a share sqrt(tolerance) is replaced by the identity,
/// since the climb never leaves the range of its start; if it is 0 or empty, the identity itself. Where the margins
/// alone keep the gap above the tolerance, the search ends without convergence.
MmcSolution solve_mmc(const Matrix& Z, const Pairs& pairs, const SquareMatrix& start, bool diagonal, double tolerance,
                      int max_iterations, const Run& run, const MmcMargins& margins = {}, double spread = 0);

/// An upper bound on that maximum from any weights w > 0 (0 only where b = 0) and any such W:
///   ((sum w + spread tr W) lmax(sum bb'/w + spread W^-1))^(1/2).
/// For every feasible N and t > 0, 2 (b'Nb)^(1/2) <= t w + b'Nb/(t w), and 2 tr N^(1/2) <= t tr W + tr(W^-1 N)/t, since
/// |t^(1/2) W^(1/2) - t^(-1/2) W^(-1/2) N^(1/2)|^2 >= 0. Summing up, with <G,N> <= lmax(G) and the best t, gives the
/// bound. It includes the rounding of the sums.
double mmc_bound(const Matrix& Z, const Pairs& pairs, const Vector& w, bool diagonal, const Run& run,
                 const MmcSpread& spread = {});

}  // namespace maha::learn::mmc
