#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/mmc/options.hpp"

namespace maha::learn::mmc {

/// MMC (Xing, Ng, Jordan & Russell, NIPS 2002, equations 3 to 5):
///   max over PSD M of  sum over dissimilar pairs of D_M(i,j)^(1/2)
///   subject to         sum over similar pairs of D_M(i,j) <= 1,      D_M(i,j) = (x_i - x_j)' M (x_i - x_j).
/// M has the scale at which the constraint holds with equality. The square root matters: without it the optimum has
/// rank 1. `objective` is that of the metric itself, from the differences of the rows.
///
/// X: n x d, one sample a row, finite. Pairs of equal rows contribute nothing. If the similar pairs do not differ in
/// some direction in which others do, the objective is unbounded, and a ridge is added:
///   sum D_M + ridge tr M <= 1,  ridge = eps tr(A)/d,  A the scatter of the similar pairs.
/// With a spread s > 0 a term that keeps all directions alive is added to the objective,
///   + s c tr (A^(1/2) M A^(1/2))^(1/2),
/// over the r directions in which pairs differ. c, the sum of the dissimilar pairs' distances under A^-1 over r, makes
/// both terms equal at s = 1 and M = A^-1/r. As s grows, M turns into A^-1/r, the metric of RCA. The root is
/// concave, and its slope at 0 infinite, so that the optimum has full rank.
///
/// The problem is concave, and `bound` is a proven upper bound on its optimum: gap = (bound - objective)/bound. Optima
/// without a spread often have rank 1 to 3; there directions are dropped from a converged M as long as the tolerance
/// allows it. Extras: rank, ridge, similar, dissimilar (the numbers of pairs); with a spread distances, the sum of the
/// dissimilar pairs' distances alone.
///
/// A start of low rank does no harm: a little of the identity is mixed in, and the climb raises what it lacks.
///
/// Throws InputError unless there are similar and dissimilar pairs, each of two different rows of X, and any start is
/// over the features of X. Cost of an iteration: |dissimilar| d^2, or |dissimilar| d if diagonal, shared out over ranks;
/// and n d^2 + d^3, or n d, on each. Memory: n d + |pairs| + d^2.
Fit fit_mmc(const Samples& samples, const MmcOptions& options = {}, const Run& run = Run());

}  // namespace maha::learn::mmc
