#pragma once

#include "core/run.hpp"
#include "learn/declarations.hpp"
#include "learn/fit.hpp"

namespace maha::learn::gmml {

struct GmmlOptions {
  double t = 0.5;       ///< from the inverse scatter of similar pairs, 0, to the scatter of dissimilar ones, 1
  double ridge = 1e-3;  ///< of the mean scatter, added to both scatters, > 0
};

/// The options of maha-gmml.
void declare(OptionList& all, GmmlOptions& options);

/// Its examples for --help.
void describe(Hooks& hooks, GmmlOptions& options);

/// M = S^-1 #_t D, on the geodesic of positive definite matrices from S^-1 to D: S and D are the mean squares
/// (x_i - x_j)(x_i - x_j)' of the similar and the dissimilar pairs, each with a ridge, S + ridge tr(S)/r I. At t = 1/2
/// it is the minimiser of
///   tr(M S) + tr(M^-1 D),  where  M S M = D.
/// Zadeh, Hosseini & Sra, ICML 2016, equations 3, 6 and 11; with S = A A' it is A^-T (A' D A)^t A^-1.
///
/// Directions in which no pair differs get no weight; r is the number of the others. Rotations change no distance, but
/// the scales of features do, unlike those of pairs: the weight of similar beside dissimilar pairs only scales M.
///
/// Extras: rank, similar, dissimilar (numbers of pairs); at t = 1/2 residual, |M S M - D| / |D|. Throws InputError
/// unless there are similar and dissimilar pairs, each of two different rows of X, options are in range, and squares do
/// not overflow. Cost: |pairs| d^2 + d^3; of n < d rows n^2 d + |pairs| n^2.
Fit fit_gmml(const Samples& samples, const GmmlOptions& options = {}, const Run& run = {});

/// The same of pairs known by their scatters. Cost: d^3.
Fit fit_scatters(const Scatters& scatters, const GmmlOptions& options = {}, const Run& run = {});

}  // namespace maha::learn::gmml
