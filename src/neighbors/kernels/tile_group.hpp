#pragma once
/// Shared by the kernels for wide registers: queries in groups, hits from bit masks.

#include <algorithm>

#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

/// kQueries queries from `first` on; missing ones are replaced by the last.
template <int kQueries>
struct TileGroup {
  const float* rows[kQueries];
  Index present;

  TileGroup(const TileQueries& queries, Index first) : present(queries.count - first) {
    for (Index i = 0; i < kQueries; ++i) rows[i] = queries.rows[first + std::min(i, present - 1)];
    present = std::min<Index>(present, kQueries);
  }
};

/// Appends the hits of a query among the rows from `first_row` on, one bit for each row.
inline TileHit* append_hits(unsigned mask, Index query, Index first_row, TileHit* hits) {
  for (; mask != 0; mask &= mask - 1) {
    *hits++ = {static_cast<std::uint16_t>(query), static_cast<std::uint16_t>(first_row + __builtin_ctz(mask))};
  }
  return hits;
}

}  // namespace maha::neighbors
