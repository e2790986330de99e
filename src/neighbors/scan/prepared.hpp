#pragma once
/// The reference rows made ready for the filters: rotated, cut into blocks, with what rounding may have done to them.

#include <optional>
#include <span>

#include "neighbors/filters/blocks.hpp"
#include "neighbors/filters/byte_blocks.hpp"
#include "neighbors/rows/bounds.hpp"
#include "neighbors/rows/rotation.hpp"

namespace maha {

struct PreparedRows {
  const TileKernel& kernel;  ///< what searches run on
  Rotation rotation;
  MappedRows mapped;
  double coarse_error, fine_error;  ///< the largest of all rows
  Blocks blocks;
  std::optional<ByteBlocks> bytes;  ///< if there are fine coordinates and the kernel is fast at bytes

  /// rotation.usable(). `labels` (or none) as in Blocks.
  PreparedRows(const MatrixRef& X, Rotation axes, std::span<const int> labels, const TileKernel& kernel,
               const Threads& threads);
};

}  // namespace maha
