#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/pairs.hpp"
#include "core/parallel.hpp"

namespace maha {

/// Rows in coordinates z = (x - centre) P in which the constraint of MMC, sum over similar pairs of D_M + ridge tr M <=
/// 1, reads tr N <= 1, with M = P N P'. P: d x r (full) or its diagonal alone (diagonal, d entries in one column).
struct Whitening {
  Matrix Z;                           ///< n x r
  SquareMatrix P;                     ///< d x r, or d x 1
  double ridge = 0;                   ///< what was added to the diagonal of the similar pairs' scatter
  std::vector<std::string> warnings;  ///< why a ridge was added unasked
};

/// First the range of the scatter of all pairs: directions in which no pair differs, such as a constant feature or the
/// difference of two equal ones, get weight zero. In it the similar scatter A; where that is singular the objective has
/// no bound, and A + eps tr(A)/d I (the trace of all pairs' scatter where tr A = 0) takes its place, eps = 1e-6. With
/// `ridge` set, eps is that, singular or not. Ranks are judged after scaling every feature by its own scatter.
Whitening whiten_similar(const MatrixRef& X, const Pairs& pairs, std::optional<double> ridge, const Threads& threads);

/// The same for M diagonal, each feature on its own.
Whitening whiten_similar_diagonal(const MatrixRef& X, const Pairs& pairs, std::optional<double> ridge,
                                  const Threads& threads);

}  // namespace maha
