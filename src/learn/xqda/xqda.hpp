#pragma once

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::xqda {

struct XqdaOptions {
  Index rank = 0;       ///< number of directions, >= 1; 0: all with lambda > 1
  double ridge = 1e-3;  ///< share of (S + D) / 2 added to S, > 0
};

/// The options of maha-xqda.
void declare(OptionList& all, XqdaOptions& options);

/// Its examples for --help, and what it learns from without pairs.
void describe(Hooks& hooks, XqdaOptions& options);

/// Cross-view quadratic discriminant analysis of one view: M = W [(W'S_r W)^-1 - (W'D W)^-1] W', S and D the mean
/// squares (x_i - x_j)(x_i - x_j)' of the similar and the dissimilar pairs, S_r = S + ridge (S + D) / 2, and the
/// columns w of W those solutions of D w = lambda S_r w with lambda > 1, at most `rank` of the largest. Liao, Hu, Zhu &
/// Li, CVPR 2015, section 4, equations 7 to 10. It is KISSME's difference of inverses in the span of W.
///
/// M is positive semidefinite. W'S_r W = I diagonalises D too, W'D W = Lambda, so that the bracket is
/// I - Lambda^-1 > 0, and L has the rows (1 - 1 / lambda)^(1/2) w'. What is left out, lambda <= 1, is where similar
/// pairs differ by as much as dissimilar ones.
///
/// The authors add 0.001 I to S. A share of the scatter of both kinds in its place leaves the w as they are without it,
/// bounds every lambda by 2 / ridge, and no invertible linear map of the features changes a distance. Directions in
/// which no pair differs get no weight. Where similar pairs do not differ in some others, only the ridge bounds their
/// weight, and a warning says so. Without any lambda > 1, M = 0, with a warning. Each row of L has a positive largest
/// entry.
///
/// From the samples' pairs; if there are none, from all pairs of rows, similar if their labels are equal, by sums over
/// classes (prepare/pairs/pair_moments.hpp). Extras: rank; similar, dissimilar (numbers of pairs); residual, the
/// largest |D w - lambda S_r w| relative to lambda |S_r w|, in coordinates in which S + D is the identity. Throws
/// InputError unless there are pairs of both kinds, of different rows of X, a rank is at most d, and squares do not
/// overflow. Cost: n d^2 + d^3 by classes, |pairs| d^2 + d^3 by pairs; of n < d rows n^2 d.
Fit fit_xqda(const Samples& samples, const XqdaOptions& options = {}, const Run& run = {});

/// The same of pairs known by their scatters, or of all pairs of rows known by the scatters of their classes. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const XqdaOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::xqda
