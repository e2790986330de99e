#pragma once
/// Rows of a block in b = kByteWidth coordinates of one byte each: an instruction does four times as many products as
/// in float32, and integers are not rounded at all.
///
/// beta folds the fine alpha = (a_1, ..., a_w), and shortens distances as alpha does:
///   beta(x) = (a_1, ..., a_b-1, |(a_b, ..., a_w)|).
/// In steps s around a block's centre c, v(x) = (beta(x) - c) / s is rounded to integers y(x) in the cube [-127,
/// 127]^b, with |v(x) - y(x)| <= e. Let p be the point of the cube nearest to v(q). As y is inside,
///   |v(q) - y|^2 >= |v(q) - p|^2 + |p - y|^2,
/// so that for a row within r of q in beta, with p' the integers nearest to p,
///   |p' - y| <= sqrt((r/s + e)^2 - |v(q) - p|^2) + |p - p'|.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/machine/parallel.hpp"
#include "neighbors/filters/blocks.hpp"
#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

/// beta in float32; only the folded coordinate is rounded.
using Folded = Eigen::Array<float, 1, kByteWidth>;

/// beta from `width` fine coordinates.
Folded fold(const float* fine, Index width);

struct ByteBlock {
  Folded centre;
  double step;
  double error;  ///< e, in steps
  const std::uint8_t* panels;

  /// Writes p' for a query and returns the least score (see ByteHits) of rows with |beta - beta(x)| <= reach, or
  /// nothing if no such row can be in the cube.
  std::optional<std::int32_t> threshold(const Folded& beta, double reach, std::int8_t* query) const;
};

/// Queries of a tile in the byte coordinates of a block.
struct ByteQueries {
  std::vector<std::int8_t> bytes;
  std::vector<std::int32_t> thresholds;

  void clear() {
    bytes.clear();
    thresholds.clear();
  }

  /// Adds a query; returns false and adds nothing if no row of the block is within reach.
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

}  // namespace maha::neighbors
