#pragma once
/// Accelerated projected gradient for LMNN, to a certified gap.

#include <vector>

#include "core/run.hpp"
#include "learn/lmnn_dual.hpp"
#include "learn/lmnn_problem.hpp"

namespace maha::lmnn {

struct SolverOptions {
  double tolerance = 1e-3;  ///< stop when (objective - bound) <= tolerance objective
  int max_iterations = 20000;
};

struct Solution {
  Point point;                      ///< the best seen, without P
  double objective = 0;             ///< there, over all triplets by direct differences
  double bound = 0;                 ///< the optimum is at least this
  std::vector<RowMultiplier> dual;  ///< the multipliers that prove it
  Index active = 0;                 ///< triplets with a positive hinge
  int iterations = 0;
  int passes = 0;  ///< over all triplets
  bool converged = false;

  double gap() const { return objective > 0 ? (objective - bound) / objective : 0; }
};

/// FISTA (Beck & Teboulle, SIAM J. Imaging Sci. 2:183-202, 2009) on the smoothed hinge with backtracking and restarts
/// (O'Donoghue & Candes, Found. Comput. Math. 15:715-732, 2015), over a working set of pairs that passes over all
/// triplets renew; the smoothing shrinks as the gap does.
Solution solve(const Problem& problem, const Cone& cone, const SquareMatrix& start, const SolverOptions& options,
               const Run& run);

}  // namespace maha::lmnn
