#pragma once

#include <optional>
#include <vector>

#include "core/pairs.hpp"
#include "core/run.hpp"
#include "learn/mmc/solver.hpp"
#include "learn/warning.hpp"

namespace maha::learn::mmc {

/// Rows in coordinates z = x P with M = P N P', in which the constraint of MMC,
///   sum over similar pairs of D_M + ridge tr M <= 1,
/// reads tr N <= 1. P is d x r, or for a diagonal M the d diagonal entries in one column.
struct SimilarWhitening {
  Matrix Z;                       ///< n x r
  SquareMatrix P;                 ///< d x r, or d x 1
  double ridge = 0;               ///< added to the diagonal of the similar pairs' scatter
  MmcMargins margins;             ///< what a bound in these coordinates needs to hold for every M of the problem
  std::vector<Warning> warnings;  ///< why a ridge was added by default; what was left out of the problem
};

/// X: rows as about_their_middle() returns them. Directions in which no pair differs, such as a constant feature, get
/// weight zero. A, the scatter of the similar pairs, is taken on the range of the scatter of all pairs. If it is
/// singular there the objective is unbounded, and A + eps tr(A)/d I takes its place, eps = 1e-6 (with the trace of all
/// pairs' scatter if tr A = 0). If `ridge` is set, it is eps, whether A is singular or not. Ranks are judged after
/// scaling every feature by its own scatter.
///
/// A direction in which pairs differ by little compared with its features, say because one feature nearly repeats
/// another, is kept as long as rounding leaves five digits of the difference, down to about 1e-9 of the features. P is
/// found by whitening repeatedly, which keeps digits that a single scatter matrix would lose. Smaller differences are
/// left out of the problem, with a warning: it is then over M = P N P'. With a ridge nothing is left out, as the
/// margins cover what the range of P misses.
SimilarWhitening whiten_similar(const Matrix& X, const Pairs& pairs, std::optional<double> ridge, const Run& run);

/// The same for a diagonal M, each feature on its own.
SimilarWhitening whiten_similar_diagonal(const Matrix& X, const Pairs& pairs, std::optional<double> ridge,
                                         const Run& run);

}  // namespace maha::learn::mmc
