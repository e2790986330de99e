#pragma once
/// The reference rows made ready for the filters: rotated, cut into blocks, with what rounding may have done to them.

#include <span>

#include "neighbors/blocks.hpp"
#include "neighbors/bounds.hpp"
#include "neighbors/rotation.hpp"

namespace maha {

struct PreparedRows {
  Rotation rotation;
  MappedRows mapped;
  double largest_norm;  ///< of the mapped rows
  Blocks blocks;

  /// rotation.usable(). `labels` (or none) as in Blocks.
  PreparedRows(const MatrixRef& X, Rotation axes, std::span<const int> labels, const Threads& threads);

  /// Bounds of |alpha^ - alpha| for a row of this norm, coarse coordinates in float64 and fine ones in float32.
  double coarse_error(double norm) const { return rotation.coarse_error() * norm + kUnderflow32; }
  double fine_error(double norm) const { return (rotation.fine_error() + 1.01 * kUnit32) * norm + kUnderflow32; }
};

}  // namespace maha
