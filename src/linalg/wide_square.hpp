#pragma once
/// Squared lengths of any size. The square of a double may be none: above 1.3e154 it overflows, below 1.5e-162 it is 0.
/// Where that happens, lengths are measured in a power of two near the largest coordinate, which rounds nothing, so
/// that rows and the same rows times 2^500 have distances that differ by the factor 2^500 and not by a bit.

#include <climits>
#include <compare>
#include <limits>

#include "core/types.hpp"

namespace maha {

/// mantissa * 2^exponent, ordered by size.
struct WideSquare {
  int exponent = INT_MIN;
  double mantissa = 0;  ///< in [1/2, 1); 0 for the square 0

  auto operator<=>(const WideSquare&) const = default;

  /// The length itself; infinity where it is none of the doubles.
  double root() const;

  /// As a double: infinity, or 0, where it is beyond them.
  double value() const;
};

WideSquare wide_square(double squared);

/// |a - b|^2 over d coordinates, infinite (exponent INT_MAX) if one of them is; added up as squared_distance() adds
/// (neighbors/distance.hpp).
WideSquare wide_square(const double* a, const double* b, Index d);

/// Whether a sum of squares has lost nothing, to overflow above or to underflow below.
inline bool is_safe_square(double squared) {
  return squared >= 0x1p-960 && squared <= std::numeric_limits<double>::max();
}

/// |a - b|, given the sum of squares as it was computed: its root, or where that is not safe, the true length.
double length_of(double squared, const double* a, const double* b, Index d);

/// length^2, for those who ask for squares. Throws InputError if it overflows, or is 0 although the length is not.
double checked_square(double length);

}  // namespace maha
