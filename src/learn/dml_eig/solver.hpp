#pragma once

#include "core/pairs.hpp"
#include "core/run.hpp"
#include "learn/mmc/solver.hpp"

namespace maha::learn::dml_eig {

/// What the solver found: N = L L' with |L| = 1, and its certificate.
struct DmlEigSolution {
  SquareMatrix L;        ///< r x rank
  double objective = 0;  ///< the least b'Nb
  double bound = 0;      ///< proven, margins included: no feasible N has more
  Vector multipliers;    ///< u of each pair, which prove it
  Index watched = 0;     ///< the number of pairs that had a multiplier
  int iterations = 0;
  bool converged = false;

  /// Relative, in [0, 1]; 0 where there is nothing to gain.
  double gap() const { return bound > 0 ? (bound - objective) / bound : 0; }
};

/// max over PSD N with tr N <= 1 of the least b'Nb, b = z_i - z_j, over the pairs. Z: n x r; no b is 0. From a
/// converged N the smallest eigenvalues are dropped, as many as the tolerance allows. Where the margins alone keep the
/// gap above the tolerance, the search ends without convergence.
DmlEigSolution solve_dml_eig(const Matrix& Z, const Pairs& pairs, double tolerance, int max_iterations, const Run& run,
                             const mmc::MmcMargins& margins = {});

/// An upper bound on that maximum from any multipliers u >= 0 that are not all 0: lmax(sum u bb') / sum u, the rounding
/// of the sums included. For every feasible N the least b'Nb is at most their mean <sum u bb', N> / sum u.
double dml_eig_bound(const Matrix& Z, const Pairs& pairs, const Vector& u, const Threads& threads);

}  // namespace maha::learn::dml_eig
