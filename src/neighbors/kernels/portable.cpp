#include "neighbors/kernels/tile_kernel.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace maha::neighbors {
namespace {

using Accumulators = std::array<float, kPanelRows>;

Accumulators product(const float* panel, Index depth, const float* query) {
  Accumulators sum;
  for (std::size_t r = 0; r < kPanelRows; ++r) sum[r] = panel[r];
  for (Index c = 0; c < depth; ++c) {
    panel += kPanelRows;
    for (std::size_t r = 0; r < kPanelRows; ++r) sum[r] += query[c] * panel[r];
  }
  return sum;
}

TileHit* find_hits(const TileBlock& block, const TileQueries& queries, TileHit* hits) {
  for (Index p = 0; p < block.count; ++p) {
    const float* panel = block.panels + p * (block.depth + 1) * kPanelRows;
    for (Index q = 0; q < queries.count; ++q) {
      const Accumulators sum = product(panel, block.depth, queries.rows[q]);
      for (Index r = 0; r < kPanelRows; ++r) {
        *hits = {static_cast<std::uint16_t>(q), static_cast<std::uint16_t>(p * kPanelRows + r)};
        hits += sum[static_cast<std::size_t>(r)] >= queries.thresholds[q] ? 1 : 0;
      }
    }
  }
  return hits;
}

void find_scores(const TileBlock& block, const TileQueries& queries, float* scores) {
  for (Index p = 0; p < block.count; ++p) {
    const float* panel = block.panels + p * (block.depth + 1) * kPanelRows;
    for (Index q = 0; q < queries.count; ++q) {
      const Accumulators sum = product(panel, block.depth, queries.rows[q]);
      std::copy(sum.begin(), sum.end(), scores + (q * block.count + p) * kPanelRows);
    }
  }
}

void find_distances(const FinePairs& pairs, float* squared) {
  for (Index i = 0; i < pairs.count; ++i) {
    std::array<float, 16> lane{};
    for (Index c = 0; c < pairs.width; c += 16) {
      for (std::size_t j = 0; j < 16; ++j) {
        const float difference = pairs.a[i][c + static_cast<Index>(j)] - pairs.b[i][c + static_cast<Index>(j)];
        lane[j] += difference * difference;
      }
    }
    squared[i] = std::accumulate(lane.begin(), lane.end(), 0.0f);
  }
}

void find_dots(const DotPairs& pairs, std::int32_t* products) {
  for (Index i = 0; i < pairs.count; ++i) {
    std::int32_t sum = 0;
    for (Index c = 0; c < pairs.width; ++c) sum += (pairs.a[i][c] - kByteOffset) * pairs.b[i][c];
    products[i] = sum;
  }
}

}  // namespace

const TileKernel tile_kernels::portable{"portable", find_hits, find_scores, find_distances, find_dots, nullptr};

}  // namespace maha::neighbors
