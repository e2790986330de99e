#pragma once
/// Bounding boxes side by side in float32: one box against many at a time.
///
/// For all a in box A and b in box B,
///   gap(A, B) = sum_c max(low_A - high_B, low_B - high_A, 0)_c^2 <= |a - b|^2.
/// A point is a box too. Ends are rounded outward, which only shortens gaps; computed gaps have a relative error of
/// gamma32(depth + 4).

#include <algorithm>
#include <span>

#include "core/machine/large_array.hpp"
#include "neighbors/rows/bounds.hpp"

namespace maha::neighbors {

/// A box of coordinates in float64.
struct Box {
  RowVector low, high;

  /// The bounding box of rows of X.
  Box(const MatrixRef& X, std::span<const Index> ids);
};

class Boxes {
 public:
  /// Room for `count` boxes of `depth` coordinates.
  Boxes(Index count, Index depth);

  Index count() const { return count_; }

  void set(Index i, const Box& box);

  /// Sets box i to the point x. Rounding to float32 moves it by at most kUnit32 |x| + kUnderflow32.
  void set_point(Index i, const double* x);

  /// Sets the only box of `around` to the bounding box of all.
  void bound(Boxes& around) const;

  /// squared[i]: the gap between box i and box j of `other`. Needs room for padded() numbers.
  void gaps(const Boxes& other, Index j, float* squared) const;

  /// The same, and centres[i]: four times the squared distance of their centres, by which boxes can be ordered.
  void gaps_and_centres(const Boxes& other, Index j, float* squared, float* centres) const;

  /// An upper bound on the computed value of a gap of this size (-1 if gap < 0).
  static float most_computed(double gap, Index depth) {
    if (gap < 0) return -1;
    return round_up(std::min(gap * gap * (1 + 2 * gamma32(depth + 4)) * kSlack + kUnderflow32, 0x1p126));
  }

  Index padded() const { return padded_; }

 private:
  static constexpr Index kLanes = 16;

  template <bool kCentres>
  void compare(const Boxes& other, Index j, float* squared, float* centres) const;

  Index count_, padded_, depth_;
  LargeArray<float> low_, high_;  // depth x padded
};

}  // namespace maha::neighbors
