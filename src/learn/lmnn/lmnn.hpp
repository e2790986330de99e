#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/lmnn/options.hpp"

namespace maha::learn::lmnn {

/// Large margin nearest neighbour classification (Weinberger & Saul, JMLR 10:207-244, 2009, equation 13 with their
/// weights): min over positive semidefinite M of
///   F(M) = (1-mu) sum_{j~>i} D(i,j) + mu sum_{j~>i, y_l != y_i} [1 + D(i,j) - D(i,l)]_+ ,
/// with D(i,j) = (x_i-x_j)'M(x_i-x_j) and j~>i the k rows of i's class nearest to i; ties go to the lower row number.
/// X: n x d, one sample a row, finite. y: n class ids.
///
/// The bound is proven by multipliers 0 <= alpha <= mu. With C = sum_{j~>i} C_ij and C_ij = (x_i-x_j)(x_i-x_j)', every
/// M has F(M) >= sum alpha if (1-mu) C - sum alpha (C_il - C_ij) is positive semidefinite.
///
/// Where features are constant or linearly dependent, M is restricted to the range of the data. Directions in which
/// rows differ by too little to tell from rounding in the scatter are left out as well, with a warning: `left_out`
/// counts them, and the bound is for metrics that are 0 along them. If C is singular even within the range, no optimum
/// would be attained; then the ridge is added to C, with d the dimension of the range, and becomes part of the problem.
/// The bound covers the rounding of the whitened rows. M = 0, with its proof, is the result if the pull outweighs the
/// push for every M, or if all rows are equal.
///
/// With a rank, `converged` still means a proven gap; `local_minimum` means that the fit ended in one with a larger
/// gap.
///
/// The working set takes at most half a gigabyte plus eight times the size of X, or a quarter of the memory at hand if
/// that is less. Triplets that do not fit are those with the deepest hinges; they are linear between two passes.
///
/// Throws UsageError if an option is out of range; InputError if sizes differ, there is only one class, a class has at
/// most k rows, or memory does not suffice. A fit that was stopped or ran out of iterations has converged = false. If
/// run.stop() comes before the first pass over all triplets is complete, the current point is returned without
/// objective, gap and active. Same bits on any number of threads and ranks; the ranks share searches, products and sums
/// over pairs, and each holds all rows. Cost of an iteration: a product of n d^2, one d^3, and some dozens of distances a
/// row. Memory: about eight times that of X, plus the working set.
///
/// If the samples have triplets, the same convex problem over these:
///   (1-mu) sum over distinct (anchor, near) of D(anchor, near) + mu sum_t [1 + D(anchor, near) - D(anchor, far)]_+
/// A pair is pulled once, however many triplets have it; a triplet counts as often as it is listed. Their order does
/// not change a bit. Rows that no triplet names are ignored, and so are options about target neighbours. Throws
/// InputError if a triplet is not of three different rows of X. Cost of an iteration: two distances a triplet, a
/// product of n d^2 and one d^3. Memory: twice that of X, and 70 bytes a triplet beside those of the samples.
///
/// Extras: passes, active, rank, ridge; with a rank, local_minimum; left_out if not 0; from triplets, triplets.
Fit fit_lmnn(const Samples& samples, const LmnnOptions& options = {}, const Run& run = Run());

}  // namespace maha::learn::lmnn
