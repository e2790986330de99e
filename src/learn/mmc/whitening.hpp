#pragma once

#include <optional>
#include <vector>

#include "core/pairs.hpp"
#include "core/parallel.hpp"
#include "learn/mmc/solver.hpp"
#include "learn/warning.hpp"

namespace maha {

/// Rows in coordinates z = x P in which the constraint of MMC, sum over similar pairs of D_M + ridge tr M <=
/// 1, reads tr N <= 1, with M = P N P'. P: d x r (full) or its diagonal alone (diagonal, d entries in one column).
struct Whitening {
  Matrix Z;                       ///< n x r
  SquareMatrix P;                 ///< d x r, or d x 1
  double ridge = 0;               ///< what was added to the diagonal of the similar pairs' scatter
  MmcMargins margins;             ///< of a bound over these coordinates, to hold for every M of the problem
  std::vector<Warning> warnings;  ///< why a ridge was added unasked; what was left out of the problem
};

/// X: rows about their middle, as about_their_middle() has them. Directions in which no pair differs, such as a
/// constant feature, get weight zero. On the range of the scatter of all pairs the similar scatter A is taken; where
/// that is singular the objective has no bound, and A + eps tr(A)/d I (the trace of all pairs' scatter where tr A = 0)
/// takes its place, eps = 1e-6. With `ridge` set, eps is that, singular or not. Ranks are judged after scaling every
/// feature by its own scatter.
///
/// A direction in which pairs differ by little for its features' sizes, as where one nearly repeats another, is kept as
/// long as rounding leaves five digits of the difference, down to about 1e-9 of the features; P is found by whitening
/// again what was whitened, which keeps those digits where a single scatter matrix would lose them. What is less is
/// left out of the problem, with a warning: it is then over M = P N P'. Where there is a ridge nothing has to be left
/// out: what the range of P misses is in the margins.
Whitening whiten_similar(const Matrix& X, const Pairs& pairs, std::optional<double> ridge, const Threads& threads);

/// The same for M diagonal, each feature on its own.
Whitening whiten_similar_diagonal(const Matrix& X, const Pairs& pairs, std::optional<double> ridge,
                                  const Threads& threads);

}  // namespace maha
