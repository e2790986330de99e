#pragma once
/// Bounding boxes side by side in float32: one box against many at a time.
///
/// For boxes A and B, sum_c max(low_A - high_B, low_B - high_A, 0)_c^2 <= |a - b|^2 for all a in A, b in B; a point is
/// a box too. Ends are rounded outward, which shortens gaps only; what is computed is off by gamma32(depth + 4) of
/// itself.

#include <algorithm>
#include <span>

#include "core/large_array.hpp"
#include "neighbors/rows/bounds.hpp"

namespace maha {

/// A box of coordinates in float64.
struct Box {
  RowVector low, high;

  /// Bounding box of rows of X.
  Box(const MatrixRef& X, std::span<const Index> ids);
};

class Boxes {
 public:
  /// Room for `count` boxes of `depth` coordinates.
  Boxes(Index count, Index depth);

  Index count() const { return count_; }

  void set(Index i, const Box& box);

  /// A point: x, moved by its rounding to float32, kUnit32 |x| + kUnderflow32 at most.
  void set_point(Index i, const double* x);

  /// The box around all of them, as the only one of `around`.
  void bound(Boxes& around) const;

  /// squared[i]: the gap of box i and box j of `other`; there is room for padded() of them.
  void gaps(const Boxes& other, Index j, float* squared) const;

  /// The same, and of their centres: four times their squared distance, to put boxes in order by.
  void gaps_and_centres(const Boxes& other, Index j, float* squared, float* centres) const;

  /// What is computed for a gap of this size (< 0: -1) is no more than this.
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

}  // namespace maha
