#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/itml/options.hpp"

namespace maha {

/// ITML: the M next to the prior M0, in the sense of the LogDet divergence, that keeps similar pairs within a distance
/// u and dissimilar ones beyond l, with slack. min over M, xi of Dld(M, M0) + gamma Dld(diag xi, diag xi0), subject to
/// D_M(i,j) <= xi (similar) or >= xi (dissimilar), xi0 = u^2 or l^2, Dld(A, B) = tr(A B^-1) - logdet(A B^-1) - d.
/// Davis, Kulis, Jain, Sra & Dhillon, ICML 2007 (equation 5). Its optimum is unique; it is found by Newton's method
/// instead of the paper's cyclic projections, and the dual proves the gap = (objective - bound)/objective.
///
/// The prior is the samples' own, or, as the options say, the identity or the inverse covariance of X. One of rank r <
/// d keeps M within its range; of rank 0, M = 0. The bound includes what rounding did to the rows in the prior's
/// coordinates. Dissimilar pairs that the prior sees no difference in are left out with a warning: no M can tell them
/// apart; so are similar ones, without. A start is taken if its objective is below the prior's; with a little of the
/// prior mixed in, its rank does not matter. Extras: similar_within, dissimilar_beyond (distances), violated, similar,
/// dissimilar (how many pairs). Throws InputError unless each pair is of two different rows of X, prior and start are
/// of d features and numbers are in range. An iteration costs some tens of |violated| d^2; memory n d + |pairs| + d^2.
Fit fit_itml(const Samples& samples, const ItmlOptions& options = {}, const Run& run = Run());

}  // namespace maha
