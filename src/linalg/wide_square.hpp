#pragma once
/// Squared lengths of any size. The square of a double overflows above 1.3e154 and is 0 below 1.5e-162. There lengths
/// are measured in a power of two near the largest coordinate, which rounds nothing: rows and the same rows times 2^500
/// have distances that differ by exactly that factor.

#include <climits>
#include <compare>
#include <limits>

#include "core/types.hpp"

namespace maha::linalg {

/// mantissa * 2^exponent, ordered by size.
struct WideSquare {
  int exponent = INT_MIN;
  double mantissa = 0;  ///< in [1/2, 1); 0 for the square 0

  auto operator<=>(const WideSquare&) const = default;

  /// The length itself; infinity where no double holds it.
  double root() const;

  /// As a double; infinity or 0 where it is out of range.
  double value() const;
};

WideSquare wide_square(double squared);

/// |a - b|^2 over d coordinates, infinite (exponent INT_MAX) if one of them is. Summed in the order of
/// squared_distance() (neighbors/distance.hpp).
WideSquare wide_square(const double* a, const double* b, Index d);

/// Whether a sum of squares has lost nothing to overflow or underflow. From 2^-960 on, terms lost to underflow (at most
/// 2^-1022 each) are far below its last bit.
inline bool is_safe_square(double squared) {
  return squared >= 0x1p-960 && squared <= std::numeric_limits<double>::max();
}

/// |a - b|^2, given as computed: that, or where it is not safe, computed anew.
WideSquare wide_square(double squared, const double* a, const double* b, Index d);

/// |a - b|, given its sum of squares as computed: the root of that, or the length computed anew where that is not safe.
double length_of(double squared, const double* a, const double* b, Index d);

/// length^2, for callers that want squares. Throws InputError if it overflows, or is 0 although the length is not.
double checked_square(double length);

}  // namespace maha::linalg
