#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/mmc/options.hpp"

namespace maha {

/// MMC: max over PSD M of sum over dissimilar pairs of D_M(i,j)^(1/2), subject to sum over similar pairs of D_M(i,j)
/// <= 1, where D_M(i,j) = (x_i - x_j)' M (x_i - x_j). Xing, Ng, Jordan & Russell, NIPS 2002 (equations 3 to 5). M has
/// the scale at which the constraint holds with equality. The square root stays: without it the optimum is of rank 1.
/// `objective` is that of the metric itself, by direct differences of the rows.
///
/// X: n x d, one sample a row, finite. Pairs of equal rows count for nothing. Where the similar pairs do not differ in
/// a direction in which others do, the objective has no bound, and a ridge is added: sum D_M + ridge tr M <= 1, with
/// ridge = eps tr(A)/d, A the scatter of the similar pairs. The problem is concave: `bound` is proven to be no less
/// than its optimum, and gap = (bound - objective)/bound. Optima are often of rank 1 to 3; of a converged M the
/// directions that the tolerance can spare are dropped. A larger ridge, or fewer iterations, keep M further from so
/// few. Extras: rank, ridge, similar, dissimilar (how many pairs).
///
/// A start of low rank is no trap: a little of the identity is mixed into it, and the climb raises what it finds
/// wanting.
///
/// Throws InputError unless there are similar and dissimilar pairs, each of two different rows of X, and a start
/// is over the features of X. An iteration costs |dissimilar| d^2 (|dissimilar| d if diagonal); memory n d + |pairs| +
/// d^2.
Fit fit_mmc(const Samples& samples, const MmcOptions& options = {}, const Run& run = Run());

}  // namespace maha
