#pragma once
/// Accelerated projected gradient for LMNN, to a certified gap.

#include <algorithm>
#include <vector>

#include "core/run.hpp"
#include "learn/lmnn/dual.hpp"
#include "learn/lmnn/problem.hpp"

namespace maha::lmnn {

/// Seconds: a pass after one as quick as that is made even where the fit shall stop, so that what was found is
/// measured.
constexpr double kQuickPass = 1;

struct SolverOptions {
  double tolerance = 1e-3;  ///< stop when (objective - bound) <= tolerance objective
  int max_iterations = 20000;
  bool want_dual = false;  ///< whether to list the multipliers
};

struct Solution {
  Point point;                      ///< the best seen, without P
  double objective = 0;             ///< there, over all triplets by direct differences
  double bound = 0;                 ///< the optimum is at least this
  std::vector<RowMultiplier> dual;  ///< the multipliers that prove it
  Index active = 0;                 ///< triplets with a positive hinge
  int iterations = 0;
  int passes = 0;        ///< over all triplets
  bool measured = true;  ///< whether the objective is known: false of the start, where no pass was made
  bool converged = false;
  bool local_minimum = false;  ///< not converged, and no way down from here in a problem that is not convex

  /// What is proven of the optimum; no more than the objective, above which only rounding could put it.
  double proven() const { return std::min(bound, objective); }
  double gap() const { return objective > 0 ? (objective - proven()) / objective : 0; }
};

/// FISTA (Beck & Teboulle, SIAM J. Imaging Sci. 2:183-202, 2009) on the smoothed hinge with backtracking and restarts
/// (O'Donoghue & Candes, Found. Comput. Math. 15:715-732, 2015), over a working set of pairs that passes over all
/// triplets renew; the smoothing shrinks as the gap does. `best`: what is known before. Where the working set has no
/// room for all triplets that matter, those whose hinges are farthest from their corner are linear until the next pass.
Solution solve(const Problem& problem, const Cone& cone, const SquareMatrix& start, Solution best,
               const SolverOptions& options, const Run& run);

}  // namespace maha::lmnn
