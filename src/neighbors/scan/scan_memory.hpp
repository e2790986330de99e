#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "neighbors/filters/byte_blocks.hpp"
#include "neighbors/filters/fine_filter.hpp"
#include "neighbors/filters/float_queries.hpp"
#include "neighbors/filters/shortlist.hpp"
#include "neighbors/filters/whole_filter.hpp"
#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

/// Working memory, reused by the scans of one tile after another.
struct ScanMemory {
  std::vector<Index> active;  ///< queries for which a block may hold something
  std::vector<float> gaps, centres;
  FloatQueries float_queries;
  std::vector<Folded> folded;  ///< beta of all queries, if there are bytes
  ByteQueries byte_queries;
  std::vector<TileHit> hits;
  std::vector<TilePair> taken;  ///< not ruled out by the coarse coordinates
  FineMemory fine;
  std::vector<float> scores;
  std::vector<float> most;    ///< the largest score of each group of rows
  std::vector<bool> is_seed;  ///< for each query and row of its first block
  WholeMemory whole;
  ShortlistMemory shortlist;
};

}  // namespace maha::neighbors
