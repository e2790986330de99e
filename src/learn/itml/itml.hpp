#pragma once

#include "core/run.hpp"
#include "learn/fit.hpp"
#include "learn/itml/options.hpp"

namespace maha::learn::itml {

/// ITML: the M closest to the prior M0 in LogDet divergence that keeps similar pairs within a distance u and dissimilar
/// ones beyond l, with slack xi. Davis, Kulis, Jain, Sra & Dhillon, ICML 2007, equation 5:
///   min over M, xi of  Dld(M, M0) + gamma Dld(diag xi, diag xi0)
///   subject to         D_M(i,j) <= xi (similar) or >= xi (dissimilar),  xi0 = u^2 or l^2,
///   where              Dld(A, B) = tr(A B^-1) - logdet(A B^-1) - d.
/// The optimum is unique. It is found by Newton's method instead of the paper's cyclic projections, and the dual proves
/// the gap = (objective - bound)/objective.
///
/// The prior is the samples' own or, as the options say, the identity or the inverse covariance of X. A prior of lower
/// rank than d keeps M within its range; one of rank 0 gives M = 0. The bound covers the rounding of the rows in the
/// prior's coordinates. Dissimilar pairs without a difference under the prior are left out with a warning, as no M can
/// tell them apart; similar ones are left out silently. A start is used if its objective is below the prior's; a little
/// of the prior is mixed in, so that its rank does not matter.
///
/// Extras: similar_within, dissimilar_beyond (distances), violated, similar, dissimilar (numbers of pairs). Throws
/// InputError unless each pair is of two different rows of X, prior and start are over d features, and options are in
/// range, and for a model of more than a gigabyte. Cost of an iteration: some tens of |violated| r^2, r the rank of the
/// prior or, if that is less, the number of rows in pairs, across whose span M stays the prior. Memory: n d + |pairs| +
/// d^2.
Fit fit_itml(const Samples& samples, const ItmlOptions& options = {}, const Run& run = Run());

}  // namespace maha::learn::itml
