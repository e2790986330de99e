/// Eight queries by a panel of 32 rows: sixteen registers of sums, two of rows.

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <cstring>

#include "neighbors/tile_group.hpp"

#define MAHA_AVX512 __attribute__((target("avx512f,fma")))
#define MAHA_VNNI __attribute__((target("avx512f,avx512vnni")))

namespace maha {
namespace {

constexpr int kQueries = 8;
constexpr Index kPairsAhead = 8;

using Group = TileGroup<kQueries>;

struct Sums {
  __m512 low[kQueries], high[kQueries];
};

MAHA_AVX512 inline void multiply(const float* panel, Index depth, const Group& group, Sums& sums) {
  const __m512 low = _mm512_load_ps(panel), high = _mm512_load_ps(panel + 16);
#pragma GCC unroll 8
  for (int i = 0; i < kQueries; ++i) {
    sums.low[i] = low;
    sums.high[i] = high;
  }
  for (Index c = 0; c < depth; ++c) {
    panel += kPanelRows;
    const __m512 y_low = _mm512_load_ps(panel), y_high = _mm512_load_ps(panel + 16);
#pragma GCC unroll 8
    for (int i = 0; i < kQueries; ++i) {
      const __m512 w = _mm512_set1_ps(group.rows[i][c]);
      sums.low[i] = _mm512_fmadd_ps(w, y_low, sums.low[i]);
      sums.high[i] = _mm512_fmadd_ps(w, y_high, sums.high[i]);
    }
  }
}

MAHA_AVX512 TileHit* find_hits(const TileBlock& block, const TileQueries& queries, TileHit* hits) {
  for (Index p = 0; p < block.count; ++p) {
    const float* panel = block.panels + p * (block.depth + 1) * kPanelRows;
    for (Index first = 0; first < queries.count; first += kQueries) {
      const Group group(queries, first);
      Sums sums;
      multiply(panel, block.depth, group, sums);
      unsigned masks[kQueries];
#pragma GCC unroll 8
      for (int i = 0; i < kQueries; ++i) {
        const __m512 threshold = _mm512_set1_ps(queries.thresholds[first + std::min<Index>(i, group.present - 1)]);
        const unsigned low = _mm512_cmp_ps_mask(sums.low[i], threshold, _CMP_GE_OQ);
        const unsigned high = _mm512_cmp_ps_mask(sums.high[i], threshold, _CMP_GE_OQ);
        masks[i] = low | high << 16;
      }
      for (Index i = 0; i < group.present; ++i) hits = append_hits(masks[i], first + i, p * kPanelRows, hits);
    }
  }
  return hits;
}

MAHA_AVX512 void find_scores(const TileBlock& block, const TileQueries& queries, float* scores) {
  const Index stride = block.count * kPanelRows;
  for (Index p = 0; p < block.count; ++p) {
    const float* panel = block.panels + p * (block.depth + 1) * kPanelRows;
    for (Index first = 0; first < queries.count; first += kQueries) {
      const Group group(queries, first);
      Sums sums;
      multiply(panel, block.depth, group, sums);
      for (Index i = 0; i < group.present; ++i) {
        float* row = scores + (first + i) * stride + p * kPanelRows;
        _mm512_storeu_ps(row, sums.low[i]);
        _mm512_storeu_ps(row + 16, sums.high[i]);
      }
    }
  }
}

MAHA_AVX512 void find_distances(const FinePairs& pairs, float* squared) {
  for (Index i = 0; i < pairs.count; ++i) {
    const float* next = pairs.b[std::min(i + kPairsAhead, pairs.count - 1)];
    __m512 sum = _mm512_setzero_ps();
    for (Index c = 0; c < pairs.width; c += 16) {
      _mm_prefetch(reinterpret_cast<const char*>(next + c), _MM_HINT_T0);
      const __m512 difference = _mm512_sub_ps(_mm512_loadu_ps(pairs.a[i] + c), _mm512_loadu_ps(pairs.b[i] + c));
      sum = _mm512_fmadd_ps(difference, difference, sum);
    }
    alignas(64) float lane[16];
    _mm512_store_ps(lane, sum);
    const __m256 eight = _mm256_add_ps(_mm256_load_ps(lane), _mm256_load_ps(lane + 8));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    squared[i] = _mm_cvtss_f32(_mm_add_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
}

struct ByteSums {
  __m512i low[kQueries], high[kQueries];
};

MAHA_VNNI inline void multiply(const std::uint8_t* panel, const std::int8_t* const* queries, ByteSums& sums) {
  const __m512i low = _mm512_load_si512(panel), high = _mm512_load_si512(panel + 64);
#pragma GCC unroll 8
  for (int i = 0; i < kQueries; ++i) {
    sums.low[i] = low;
    sums.high[i] = high;
  }
  for (Index c = 0; c < kByteWidth; c += 4) {
    panel += 4 * kPanelRows;
    const __m512i y_low = _mm512_load_si512(panel), y_high = _mm512_load_si512(panel + 64);
#pragma GCC unroll 8
    for (int i = 0; i < kQueries; ++i) {
      std::int32_t four;
      std::memcpy(&four, queries[i] + c, 4);
      const __m512i w = _mm512_set1_epi32(four);
      sums.low[i] = _mm512_dpbusd_epi32(sums.low[i], y_low, w);
      sums.high[i] = _mm512_dpbusd_epi32(sums.high[i], y_high, w);
    }
  }
}

MAHA_VNNI TileHit* find_byte_hits(const ByteTile& tile, TileHit* hits) {
  for (Index p = 0; p < tile.panel_count; ++p) {
    for (Index first = 0; first < tile.query_count; first += kQueries) {
      const Index present = std::min<Index>(kQueries, tile.query_count - first);
      const std::int8_t* queries[kQueries];
      for (Index i = 0; i < kQueries; ++i) queries[i] = tile.queries + (first + std::min(i, present - 1)) * kByteWidth;
      ByteSums sums;
      multiply(tile.panels + p * kBytePanel, queries, sums);
      unsigned masks[kQueries];
#pragma GCC unroll 8
      for (int i = 0; i < kQueries; ++i) {
        const __m512i threshold = _mm512_set1_epi32(tile.thresholds[first + std::min<Index>(i, present - 1)]);
        const unsigned low = _mm512_cmpge_epi32_mask(sums.low[i], threshold);
        const unsigned high = _mm512_cmpge_epi32_mask(sums.high[i], threshold);
        masks[i] = low | high << 16;
      }
      for (Index i = 0; i < present; ++i) hits = append_hits(masks[i], first + i, p * kPanelRows, hits);
    }
  }
  return hits;
}

}  // namespace

const TileKernel tile_kernels::avx512{"avx512", find_hits, find_scores, find_distances, nullptr};
const TileKernel tile_kernels::avx512vnni{"avx512vnni", find_hits, find_scores, find_distances, find_byte_hits};

}  // namespace maha

#endif
