#pragma once
/// The reference rows prepared for the filters: rotated and cut into blocks, with bounds on their rounding.

#include <optional>
#include <span>

#include "neighbors/filters/blocks.hpp"
#include "neighbors/filters/byte_blocks.hpp"
#include "neighbors/rows/bounds.hpp"
#include "neighbors/rows/rotation.hpp"

namespace maha::neighbors {

struct PreparedRows {
  const TileKernel& kernel;  ///< for searches
  Rotation rotation;
  MappedRows mapped;
  double coarse_error, fine_error;  ///< the largest among all rows
  Blocks blocks;
  std::optional<ByteBlocks> bytes;  ///< if there are fine coordinates and the kernel is fast at bytes

  /// The rotation must be usable(). `labels` as in Blocks.
  PreparedRows(const MatrixRef& X, Rotation axes, std::span<const int> labels, const TileKernel& kernel,
               const Threads& threads);
};

}  // namespace maha::neighbors
