#pragma once
/// Rows of a block in b = kByteWidth coordinates of one byte each: an instruction does four times the products that it
/// does in float32, and integers are not rounded at all.
///
/// beta(x) = (a_1, ..., a_b-1, |(a_b, ..., a_w)|) folds the fine alpha, and shortens distances as alpha does. In steps
/// s around a block's centre c: v(x) = (beta(x) - c) / s, rounded to integers y(x) in the cube [-127, 127]^b, with
/// |v(x) - y(x)| <= e. With p the point of the cube nearest to v(q), and y inside,
///   |v(q) - y|^2 >= |v(q) - p|^2 + |p - y|^2,
/// so that a row within r of q in beta has |p' - y| <= sqrt((r/s + e)^2 - |v(q) - p|^2) + |p - p'| for the integers p'
/// nearest to p.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/parallel.hpp"
#include "neighbors/filters/blocks.hpp"
#include "neighbors/kernels/tile_kernel.hpp"

namespace maha {

/// beta in float32; only the folded coordinate is rounded.
using Folded = Eigen::Array<float, 1, kByteWidth>;

/// Of `width` fine coordinates.
Folded fold(const float* fine, Index width);

struct ByteBlock {
  Folded centre;
  double step;
  double error;  ///< e, in steps
  const std::uint8_t* panels;

  /// Writes p' for a query and returns the score (ByteHits) that rows with |beta - beta(x)| <= reach have at least, or
  /// nothing if no such row can be in the cube.
  std::optional<std::int32_t> threshold(const Folded& beta, double reach, std::int8_t* query) const;
};

/// Queries of a tile in the bytes of a block.
struct ByteQueries {
  std::vector<std::int8_t> bytes;
  std::vector<std::int32_t> thresholds;

  void clear() {
    bytes.clear();
    thresholds.clear();
  }

  /// False, and nothing is added, if no row of the block is within reach.
  bool add(const ByteBlock& block, const Folded& beta, double reach);
};

/// The bytes of all blocks.
class ByteBlocks {
 public:
  /// fine: all rows, by their numbers.
  ByteBlocks(const std::vector<Block>& blocks, const LargeMatrix<float>& fine, const Threads& threads);
  ByteBlocks(const ByteBlocks&) = delete;
  ByteBlocks& operator=(const ByteBlocks&) = delete;

  const ByteBlock& operator[](Index b) const { return blocks_[static_cast<std::size_t>(b)]; }

 private:
  LargeArray<std::uint8_t> panels_;
  std::vector<ByteBlock> blocks_;
};

}  // namespace maha
