#pragma once
/// Coordinates of rows along axes: A = Z V. In many dimensions in float32 by the tile kernel, in chunks of coordinates
/// that are added up in float64, so that rounding stays that of a short product; in few dimensions in float64.

#include "core/types.hpp"
#include "neighbors/aligned.hpp"

namespace maha {

class Projection {
 public:
  Projection() = default;

  /// axes: d x p, about orthonormal.
  explicit Projection(const SquareMatrix& axes);

  Index axes() const { return axes_.cols(); }

  /// A (count x p) of Z (count x d, row-major, no gaps).
  Matrix operator()(const Matrix& Z) const;

  /// With G the orthonormal basis nearest to V, |A_i - G'z_i| <= error() |z_i|.
  double error() const { return error_; }

 private:
  Matrix in_float32(const Matrix& Z) const;

  SquareMatrix axes_;
  AlignedFloats panels_;  // of each chunk; none in few dimensions
  double error_ = 0;
};

}  // namespace maha
