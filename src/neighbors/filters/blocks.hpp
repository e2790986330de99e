#pragma once
/// Reference rows in blocks of rows that are close together, each with a bounding box, laid out for the tile kernel.
///
/// Blocks come from a kd split: the coordinate of largest variance is cut at its median until a part fits a block.

#include <span>
#include <vector>

#include "core/machine/large_array.hpp"
#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "neighbors/filters/boxes.hpp"
#include "neighbors/kernels/tile_kernel.hpp"
#include "neighbors/rows/rotation.hpp"

namespace maha::neighbors {

/// Orders `ids` (rows of X) so that each run of `leaf` of them is close together.
void order_by_kd_split(const MatrixRef& X, std::span<Index> ids, Index leaf);

struct Block {
  std::span<const Index> ids;       ///< its rows, by their numbers in the reference
  RowVector centre;                 ///< of its bounding box
  double radius;                    ///< largest norm of its rows' float32 coordinates relative to the centre
  double coarse_error, fine_error;  ///< the largest among its rows
  const float* panels;
};

inline Index panels_of(const Block& block) {
  return (static_cast<Index>(block.ids.size()) + kPanelRows - 1) / kPanelRows;
}

/// All blocks over the rows' coarse coordinates (float64). A block's rows are kept relative to its centre in float32,
/// so that their rounding is relative to the size of the block, wherever it lies.
class Blocks {
 public:
  /// With labels, rows are first grouped by class, so that a block holds one class only.
  Blocks(const MappedRows& rows, std::span<const int> labels, Index leaf, const Threads& threads);
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;

  const std::vector<Block>& all() const { return blocks_; }
  const Boxes& boxes() const { return boxes_; }
  Index depth() const { return depth_; }

 private:
  void cut(const MatrixRef& X, Index begin, Index end, Index leaf);

  Index depth_;
  std::vector<Index> order_;
  LargeArray<float> panels_;
  std::vector<Block> blocks_;
  Boxes boxes_;
};

}  // namespace maha::neighbors
