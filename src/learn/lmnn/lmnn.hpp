#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/lmnn/options.hpp"

namespace maha {

/// Large margin nearest neighbour classification: min over positive semidefinite M of
///   F(M) = (1-mu) sum_{j~>i} D(i,j) + mu sum_{j~>i, y_l != y_i} [1 + D(i,j) - D(i,l)]_+ ,  D(i,j) =
///   (x_i-x_j)'M(x_i-x_j),
/// j~>i the k rows of i's class nearest to i, the lower row first where they tie. Weinberger & Saul, JMLR 10:207-244,
/// 2009, equation 13 with their weights. X: n x d, one sample a row, finite. y: n class ids.
///
/// The bound is proven by multipliers 0 <= alpha <= mu: with C = sum_{j~>i} C_ij, C_ij = (x_i-x_j)(x_i-x_j)', any M has
/// F(M) >= sum alpha as long as (1-mu) C - sum alpha (C_il - C_ij) is positive semidefinite.
///
/// Where features are constant or depend on each other, M is sought over the range of the data and is 0 beside it. A
/// direction in which rows differ by less than rounding lets the scatter tell is left out as well; that is warned of,
/// `left_out` counts the directions, and the bound is for metrics that are 0 along them. Where C is singular even in
/// the range (no optimum would be attained), the ridge is added to C, d being the dimension of the range, becomes part
/// of the problem and is reported. The bound covers what rounding does to the whitened rows. M = 0, with its proof, is
/// the result where the pull outweighs the push whatever M, and where all rows are equal.
///
/// With a rank, `converged` means a proven gap all the same; `local_minimum` that the fit ended in one whose gap is
/// larger.
///
/// The working set is bounded: half a gigabyte and eight times the size of X, or a quarter of the memory at hand if
/// that is less. Triplets that it has no room for are those with the deepest hinges; they are linear between two
/// passes.
///
/// Throws UsageError if an option is out of range; InputError if sizes differ, there is one class only, or a class has
/// at most k rows, or memory does not suffice. A fit that was stopped, or ran out of iterations, says converged =
/// false; where run.stop() comes before the first pass over all triplets is through, it hands back where it stands, and
/// there is no objective, gap and active. Same bits on any number of threads. Cost of an iteration: a product of
/// n d^2, one d^3, and some dozens of distances a row; memory: about eight times that of X, and the working set.
/// From triplets, where the samples have them, it is the same convex problem over these:
///   (1-mu) sum over distinct pairs (anchor, near) of D(anchor, near) + mu sum_t [1 + D(anchor, near) - D(anchor,
///   far)]_+
/// A pair is pulled once, in however many triplets it is; a triplet counts as often as it is listed. Their order
/// changes nothing, not a bit. Rows that no triplet names are not looked at, options of target neighbours not used.
/// Throws InputError if one is not of three different rows of X. Cost of an iteration: two distances a triplet, a
/// product of n d^2 and one d^3; memory: twice that of X, and 70 bytes a triplet beside those of the samples.
///
/// Extras: passes, active, rank, ridge, with a rank local_minimum, left_out where it is not 0, triplets of triplets.
Fit fit_lmnn(const Samples& samples, const LmnnOptions& options = {}, const Run& run = Run());

}  // namespace maha
