#pragma once
/// Coordinates of rows along axes: A = Z V. In few dimensions in float64. In many, in float32 by the tile kernel, in
/// chunks of coordinates whose products are summed in float64, so that rounding stays that of a short product.

#include "core/machine/large_array.hpp"
#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

class Projection {
 public:
  Projection() = default;

  /// axes: d x p, approximately orthonormal.
  Projection(const SquareMatrix& axes, const TileKernel& kernel);

  Index axes() const { return axes_.cols(); }

  /// Whether rows must be float32, with padded() coordinates that are zero from d on.
  bool in_float32() const { return padded_ > 0; }
  Index padded() const { return padded_; }

  /// A (count x p) of Z (count x d).
  Matrix operator()(const Matrix& Z) const { return Z * axes_; }
  Matrix operator()(const LargeMatrix<float>& Z, Index count) const;

  /// With G the orthonormal basis nearest to V, |A_i - G'z_i| <= error() |z_i|.
  double error() const { return error_; }

 private:
  const TileKernel* kernel_ = nullptr;
  SquareMatrix axes_;
  LargeArray<float> panels_;  // for each chunk; empty in few dimensions
  Index padded_ = 0;
  double error_ = 0;
};

}  // namespace maha::neighbors
