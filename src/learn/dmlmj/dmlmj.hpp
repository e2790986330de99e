#pragma once

#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::dmlmj {

struct DmlmjOptions {
  Index rank = 0;  ///< number of directions, >= 1; 0: all in which neighbours differ
  Index k = 3;     ///< nearest rows of the own class, and of other classes, that each row is compared with, >= 1
  /// Share of the mean of both scatters added to each; unset: 0, or 1e-3 where one is singular.
  std::optional<double> ridge{};
};

/// The options of maha-dmlmj.
void declare(OptionList& all, DmlmjOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, DmlmjOptions& options);

/// Metric learning by maximising the Jeffrey divergence: L = V' with
///   Sigma_D v = lambda Sigma_S v,  V'Sigma_S V = I,  the largest lambda + 1/lambda first,
/// Sigma_S the mean of (x_i - x_j)(x_i - x_j)' over each row i and its k nearest rows of its class, Sigma_D that over
/// its k nearest rows of other classes. L makes the Jeffrey divergence between the normal distributions of the two
/// kinds of differences, 1/2 sum (lambda + 1/lambda - 2), the largest for its rank. Nguyen, Morell & De Baets, Pattern
/// Recognition 64:215-225, 2017, section 3. A row has fewer neighbours of a kind where there are fewer. With all
/// directions kept M = Sigma_S^-1, and Sigma_D only orders them.
///
/// Directions in which no row differs from a neighbour get no weight. Where one of the scatters is singular in the
/// others, a ridge is added to both, ridge (Sigma_S + Sigma_D) / 2, with a warning; it changes no direction. Rotations
/// and a common factor on all features change no distance; other linear maps do, through the choice of neighbours. Each
/// row of L has a positive largest entry.
///
/// Extras: rank; ridge, if one was added; similar and dissimilar, the numbers of differences; divergence, that of the
/// directions kept; residual, the largest |Sigma_D v - lambda Sigma_S v| relative to lambda |Sigma_S v|. Throws
/// InputError for fewer than two classes or none with two rows, a rank above the number of features, values whose
/// squares overflow. Cost: exact searches for neighbours, 2 n k d^2 and d^3; of n < d rows n^2 d and n^3 in place of
/// those.
Fit fit_dmlmj(const Samples& samples, const DmlmjOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::dmlmj
