#pragma once

#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::kissme {

struct KissmeOptions {
  /// Share of the scatter of all pairs added to that of each kind; unset: 0, or 1e-3 where one is singular.
  std::optional<double> ridge{};
};

/// The options of maha-kissme.
void declare(OptionList& all, KissmeOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, KissmeOptions& options);

/// M = the positive part of S^-1 - D^-1, S and D the mean squares (x_i - x_j)(x_i - x_j)' of the similar and the
/// dissimilar pairs: were the differences Gaussian, x' (S^-1 - D^-1) x would be the log-likelihood ratio of the two
/// kinds, but for a constant and a factor of 2. Koestinger, Hirzer, Wohlhart, Roth & Bischof, CVPR 2012,
/// equations 12 to 15. The positive part drops the negative eigenvalues, those of directions in which similar pairs
/// differ by more than dissimilar ones: it depends on the scales of the features, the difference does not.
///
/// Directions in which no pair differs get no weight. Where pairs of one kind do not differ in some others, S and D get
/// the ridge, S + ridge (S + D)/2, with a warning.
///
/// Extras: rank; cut, the share of the negative eigenvalues in the sum of the sizes of all; ridge, if one was added;
/// similar, dissimilar (numbers of pairs). Throws InputError unless there are similar and dissimilar pairs, each of two
/// different rows of X, options are in range, and squares do not overflow. Cost: |pairs| d^2 + d^3; of n < d rows
/// n^2 d + |pairs| n^2.
Fit fit_kissme(const Samples& samples, const KissmeOptions& options = {}, const Run& run = {});

/// The same of pairs known by their scatters. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const KissmeOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::kissme
