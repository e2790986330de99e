#pragma once
/// LMNN over matrices of bounded rank.

#include "learn/lmnn/solver/solver.hpp"

namespace maha::learn::lmnn {

/// Minimises the same objective over N = B'B, B: at most `rank` x r. That is not convex: L-BFGS on the smoothed hinge
/// over a working set, with less smoothing from round to round, finds a local minimum. The bound is that of the convex
/// problem, so the gap says how far the result can be from the best metric of any rank, and `converged` means a proven
/// gap here too. Otherwise the fit ends in a local minimum once a round, with the bias of the smoothing below the
/// tolerance, has lowered the objective by less than a tenth of the tolerance. `best`: what is known beforehand.
Solution solve_low_rank(const Problem& problem, const Cone& cone, const SquareMatrix& start, Index rank, Solution best,
                        const SolverOptions& options, const Run& run);

}  // namespace maha::learn::lmnn
