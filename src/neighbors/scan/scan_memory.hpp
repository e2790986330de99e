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

namespace maha {

/// Memory that the scans of one tile after another work in.
struct ScanMemory {
  std::vector<Index> active;  ///< queries that a block may hold something for
  std::vector<float> gaps, centres;
  FloatQueries float_queries;
  std::vector<Folded> folded;  ///< of all queries, if there are bytes
  ByteQueries byte_queries;
  std::vector<TileHit> hits;
  std::vector<TilePair> taken;  ///< not ruled out by the coarse coordinates
  FineMemory fine;
  std::vector<float> scores;
  std::vector<float> most;    ///< of the scores of every so many rows
  std::vector<bool> is_seed;  ///< for each query and row of its first block
  WholeMemory whole;
  ShortlistMemory shortlist;
};

}  // namespace maha
