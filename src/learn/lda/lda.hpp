#pragma once

#include <optional>

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::lda {

struct LdaOptions {
  Index rank = 0;  ///< number of discriminants, >= 1; 0: all, at most C - 1
  /// Share of the total scatter added to that within classes; unset: 0, or 1e-3 where that is singular.
  std::optional<double> ridge{};
};

/// The options of maha-lda.
void declare(OptionList& all, LdaOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, LdaOptions& options);

/// Linear discriminant analysis: L = V' with
///   S_b v = lambda S_w v,  V'S_w V = I,  the largest lambda first,
/// S_w the scatter of the rows about the means of their classes, S_b that of the means about the mean of all rows,
/// weighted by the sizes of the classes (divisor n both). Fisher, Annals of Eugenics 7:179-188, 1936; Rao, J. Royal
/// Statistical Society B 10:159-203, 1948. The distance is that of S_w^-1 in the span of the differences of the means:
/// under it the rows of a class have covariance I.
///
/// It is solved where the total scatter S_t = S_w + S_b is the identity, so that no invertible linear map of the
/// features changes a distance. Directions in which no row differs get no weight. Where S_w is singular beside S_t, a
/// ridge is added, S_w + ridge S_t, with a warning. Each row of L has a positive largest entry.
///
/// Extras: rank; ridge, if one was added; criterion, the sum of the lambda, tr(S_w^-1 S_b) of all directions; residual,
/// the largest |S_b v - lambda S_w v| relative to lambda |S_w v|, in those coordinates. Throws InputError for fewer
/// than two classes, a rank above what there is, values whose squares overflow or underflow.
/// Cost: n d min(n, d) + min(n, d)^3.
Fit fit_lda(const Samples& samples, const LdaOptions& options = {}, const Run& run = {});

/// The same of rows known by the scatters of their classes. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const LdaOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::lda
