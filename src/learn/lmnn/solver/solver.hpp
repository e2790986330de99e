#pragma once
/// Accelerated projected gradient for LMNN, to a certified gap.

#include <algorithm>
#include <vector>

#include "core/checkpoint.hpp"
#include "core/run.hpp"
#include "learn/lmnn/problem/dual.hpp"
#include "learn/lmnn/problem/problem.hpp"

namespace maha::learn::lmnn {

/// Seconds. If the last pass was quicker, a final one is made even when the fit is asked to stop, so that the result
/// has its objective.
constexpr double kQuickPass = 1;

/// The same run, but that it goes on when it is asked to stop.
Run without_stop(const Run& run);

struct SolverOptions {
  double tolerance = 1e-3;  ///< stop when (objective - bound) <= tolerance objective
  int max_iterations = 20000;
  bool want_dual = false;      ///< whether to list the multipliers
  const char* stage = kSolve;  ///< its name in a checkpoint
  static constexpr const char* kSolve = "solve";
};

struct Solution {
  Point point;                      ///< the best seen, without P
  double objective = 0;             ///< there, over all triplets by direct differences
  double bound = 0;                 ///< the optimum is at least this
  std::vector<RowMultiplier> dual;  ///< the multipliers that prove it
  Index active = 0;                 ///< number of triplets with a positive hinge
  int iterations = 0;
  int passes = 0;        ///< over all triplets
  bool measured = true;  ///< whether the objective is known; false for a start without a pass
  bool converged = false;
  bool local_minimum = false;  ///< not converged, and no descent from here in a problem that is not convex

  /// The proven bound, capped at the objective, which only rounding could make it exceed.
  double proven() const { return std::min(bound, objective); }
  double gap() const { return objective > 0 ? (objective - proven()) / objective : 0; }

  /// All but how it ended.
  void visit(State& state);
};

/// What a solver works on: the working set and the triplets outside it.
void visit(State& state, MeasuredPairs& pairs);
void visit(State& state, LinearPart& rest);
void visit(State& state, Point& point);
void visit(State& state, PairValues& values);

/// FISTA (Beck & Teboulle, SIAM J. Imaging Sci. 2:183-202, 2009) on the smoothed hinge, with backtracking and restarts
/// (O'Donoghue & Candes, Found. Comput. Math. 15:715-732, 2015). It works on a working set of pairs, which passes over
/// all triplets renew; the smoothing shrinks with the gap. If the working set has no room for all triplets that matter,
/// those whose hinges are farthest from their corner are linear until the next pass. `best`: what is known beforehand.
Solution solve(const Problem& problem, const Cone& cone, const SquareMatrix& start, Solution best,
               const SolverOptions& options, const Run& run);

}  // namespace maha::learn::lmnn
