#pragma once
/// Reference rows in blocks of near rows, each with a bounding box, laid out for the tile kernel.
///
/// A kd split: the coordinate of largest variance is cut at its median until a part fits a block. For a query q and a
/// box [low, high], sum_c max(low_c - q_c, q_c - high_c, 0)^2 <= |q - x|^2 for every x inside.

#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "neighbors/aligned.hpp"
#include "neighbors/rotation.hpp"
#include "neighbors/tile_kernel.hpp"

namespace maha {

/// Orders `ids` (rows of X) so that each run of `leaf` of them is near together.
void order_by_kd_split(const Matrix& X, std::span<Index> ids, Index leaf);

/// Bounding box of rows of X.
struct Box {
  RowVector low, high;

  Box(const Matrix& X, std::span<const Index> ids);

  double squared_distance(const double* q) const {
    const Eigen::Map<const RowVector> point(q, low.size());
    return (low - point).cwiseMax(point - high).cwiseMax(0.0).squaredNorm();
  }
  double squared_distance(const Box& other) const {
    return (low - other.high).cwiseMax(other.low - high).cwiseMax(0.0).squaredNorm();
  }
};

struct Block {
  std::span<const Index> ids;  ///< its rows, by their numbers in the reference
  Index first;                 ///< place of the first of them in the order of all blocks
  Box box;
  RowVector centre;
  double radius;                    ///< largest norm of its rows' float32 coordinates around the centre
  double coarse_error, fine_error;  ///< the largest of its rows
  const float* panels;
};

inline Index panels_of(const Block& block) {
  return (static_cast<Index>(block.ids.size()) + kPanelRows - 1) / kPanelRows;
}

/// All blocks over the rows' coarse coordinates (float64), each block's rows relative to its own centre in float32, so
/// that rounding is relative to the block's size wherever it lies.
class Blocks {
 public:
  /// Rows are first grouped by class if there are any labels: a block then holds one class only.
  Blocks(const MappedRows& rows, std::span<const int> labels, Index leaf, const Threads& threads);
  Blocks(const Blocks&) = delete;
  Blocks& operator=(const Blocks&) = delete;

  const std::vector<Block>& all() const { return blocks_; }
  Index depth() const { return depth_; }

  /// The rows of all blocks, one block after the other.
  std::span<const Index> order() const { return order_; }

 private:
  void cut(const Matrix& X, Index begin, Index end, Index leaf);

  Index depth_;
  std::vector<Index> order_;
  AlignedFloats panels_;
  std::vector<Block> blocks_;
};

}  // namespace maha
