#pragma once
/// Whole rows in bytes, to judge a pair more closely before it is measured, in an eighth of the memory of float64.
///
/// z(x) / s is rounded to integers y(x) in [-127, 127]^d, with |z(x) - s y(x)| <= e(x) measured for each row. Then
///   | s |y(q) - y(x)| - |z(q) - z(x)| | <= e(q) + e(x).

#include <cstdint>
#include <vector>

#include "core/machine/large_array.hpp"
#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

class ByteRows {
 public:
  /// No rows.
  ByteRows() = default;

  /// For rows of d coordinates.
  ByteRows(Index rows, Index d, double step);

  /// The largest |y_c|.
  static constexpr float kMostSteps = 127;

  /// The number of coordinates up to which the integers below fit in an int32.
  static constexpr Index kMostCoordinates = 32768;

  bool empty() const { return step_ == 0; }
  Index width() const { return bytes_.cols(); }

  /// Sets row i from z: float32 coordinates with an error of at most z_error in norm.
  void set(Index i, const float* z, Index d, double z_error);

  const std::uint8_t* row(Index i) const { return bytes_.row(i); }  ///< y + kByteOffset
  double error(Index i) const { return static_cast<double>(about_[static_cast<std::size_t>(i)].error); }
  double step() const { return step_; }

  /// |y(q) - y(x)|^2 for row q of `queries` and row i of these, given the kernel's product.
  std::int32_t squared_steps(const ByteRows& queries, Index q, Index i, std::int32_t product) const {
    const About &a = queries.about_[static_cast<std::size_t>(q)], &b = about_[static_cast<std::size_t>(i)];
    return a.squared + b.squared - 2 * (product - kByteOffset * a.sum);
  }

 private:
  struct About {
    std::int32_t squared = 0, sum = 0;  // |y|^2, and of the y
    float error = 0;
  };

  double step_ = 0;
  LargeMatrix<std::uint8_t> bytes_;  // y = 0 up to a multiple of kDotWidth
  std::vector<About> about_;
};

}  // namespace maha::neighbors
