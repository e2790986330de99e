#pragma once
/// What rounding may do, and so what counts as zero.

#include <limits>

#include "core/types.hpp"

namespace maha::linalg {

/// u = 2^-53: one operation on doubles is off by no more than that of its result.
inline constexpr double kUnitRoundoff = std::numeric_limits<double>::epsilon() / 2;

/// What an inner product of `terms` entries may have lost, relative to the sum of the sizes of its terms: (terms + 16)
/// u. The 16 stands for the rounding of what the entries were computed from.
inline double product_rounding(Index terms) { return static_cast<double>(terms + 16) * kUnitRoundoff; }

/// The one tolerance for zero: what a symmetric matrix of size d, its entries sums of products, counts as zero in its
/// own spectrum, relative to its largest eigenvalue. Twice product_rounding(d): once for the entries, once for the
/// decomposition. A source that judges by another says why.
inline double rank_tolerance(Index d) { return 2 * product_rounding(d); }

}  // namespace maha::linalg
