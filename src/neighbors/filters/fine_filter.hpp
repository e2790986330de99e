#pragma once
/// Judges pairs that the tile kernel let pass in the fine coordinates: float32 over more of alpha, one pair at a time.
///
/// A row that counts has |fine^(q) - fine^(x)| <= Reaches::fine(), and in float32 no more than Reaches::may_count()
/// allows.

#include <utility>
#include <vector>

#include "neighbors/filters/blocks.hpp"
#include "neighbors/filters/reaches.hpp"
#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

/// A query of the tile, and a row of a block by its place there.
using TilePair = std::pair<Index, Index>;

/// Working memory.
struct FineMemory {
  std::vector<const float*> queries, rows;
  std::vector<float> squared;  ///< the distances of the pairs that were kept
};

/// Keeps the pairs that may count. reach.set_fine_error() and update_fine() must have been called for the block.
inline void keep_by_fine(const LargeMatrix<float>& fine, const QueryTile& tile, const Block& block,
                         const TileKernel& kernel, const Reaches& reach, std::vector<TilePair>& pairs,
                         FineMemory& memory) {
  memory.queries.clear();
  memory.rows.clear();
  for (const auto& [q, row] : pairs) {
    memory.queries.push_back(tile.fine(q));
    memory.rows.push_back(fine.row(block.ids[static_cast<std::size_t>(row)]));
  }
  memory.squared.resize(pairs.size());
  float* const squared = memory.squared.data();
  const auto count = static_cast<Index>(pairs.size());
  kernel.distances({memory.queries.data(), memory.rows.data(), count, fine.cols()}, squared);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!reach.may_count(pairs[i].first, squared[i])) continue;
    pairs[kept] = pairs[i];
    squared[kept++] = squared[i];
  }
  pairs.resize(kept);
}

}  // namespace maha::neighbors
