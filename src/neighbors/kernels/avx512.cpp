/// Eight queries by a panel of 32 rows: sixteen registers of sums, two of rows.

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <cstring>

#include "neighbors/kernels/tile_group.hpp"

#define MAHA_AVX512 __attribute__((target("avx512f,fma")))
#define MAHA_VNNI __attribute__((target("avx512f,avx512vnni")))

namespace maha::neighbors {
namespace {

constexpr int kQueries = 8;
constexpr int kFew = 4;  // group size for the last few queries
constexpr Index kPairsAhead = 8;

template <int kGroup>
struct Sums {
  __m512 low[kGroup], high[kGroup];
};

template <int kGroup>
MAHA_AVX512 inline void multiply(const float* panel, Index depth, const TileGroup<kGroup>& group, Sums<kGroup>& sums) {
  const __m512 low = _mm512_load_ps(panel), high = _mm512_load_ps(panel + 16);
#pragma GCC unroll 8
  for (int i = 0; i < kGroup; ++i) {
    sums.low[i] = low;
    sums.high[i] = high;
  }
  for (Index c = 0; c < depth; ++c) {
    panel += kPanelRows;
    const __m512 y_low = _mm512_load_ps(panel), y_high = _mm512_load_ps(panel + 16);
#pragma GCC unroll 8
    for (int i = 0; i < kGroup; ++i) {
      const __m512 w = _mm512_set1_ps(group.rows[i][c]);
      sums.low[i] = _mm512_fmadd_ps(w, y_low, sums.low[i]);
      sums.high[i] = _mm512_fmadd_ps(w, y_high, sums.high[i]);
    }
  }
}

template <int kGroup>
MAHA_AVX512 inline TileHit* group_hits(const TileBlock& block, Index p, const TileQueries& queries, Index first,
                                       TileHit* hits) {
  const TileGroup<kGroup> group(queries, first);
  Sums<kGroup> sums;
  multiply(block.panels + p * (block.depth + 1) * kPanelRows, block.depth, group, sums);
  unsigned masks[kGroup];
#pragma GCC unroll 8
  for (int i = 0; i < kGroup; ++i) {
    const __m512 threshold = _mm512_set1_ps(queries.thresholds[first + std::min<Index>(i, group.present - 1)]);
    const unsigned low = _mm512_cmp_ps_mask(sums.low[i], threshold, _CMP_GE_OQ);
    const unsigned high = _mm512_cmp_ps_mask(sums.high[i], threshold, _CMP_GE_OQ);
    masks[i] = low | high << 16;
  }
  for (Index i = 0; i < group.present; ++i) hits = append_hits(masks[i], first + i, p * kPanelRows, hits);
  return hits;
}

MAHA_AVX512 TileHit* find_hits(const TileBlock& block, const TileQueries& queries, TileHit* hits) {
  for (Index p = 0; p < block.count; ++p) {
    for (Index first = 0; first < queries.count; first += kQueries) {
      hits = queries.count - first > kFew ? group_hits<kQueries>(block, p, queries, first, hits)
                                          : group_hits<kFew>(block, p, queries, first, hits);
    }
  }
  return hits;
}

MAHA_AVX512 void find_scores(const TileBlock& block, const TileQueries& queries, float* scores) {
  const Index stride = block.count * kPanelRows;
  for (Index p = 0; p < block.count; ++p) {
    const float* panel = block.panels + p * (block.depth + 1) * kPanelRows;
    for (Index first = 0; first < queries.count; first += kQueries) {
      const TileGroup<kQueries> group(queries, first);
      Sums<kQueries> sums;
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

MAHA_VNNI void find_byte_dots(const DotPairs& pairs, std::int32_t* products) {
  constexpr int kPairs = 4;
  const __m512i offset = _mm512_set1_epi8(static_cast<char>(kByteOffset));  // removed again, in two's complement
  for (Index first = 0; first < pairs.count; first += kPairs) {
    const std::uint8_t *a[kPairs], *b[kPairs];
    __m512i sums[kPairs];
#pragma GCC unroll 4
    for (int i = 0; i < kPairs; ++i) {
      a[i] = pairs.a[std::min(first + i, pairs.count - 1)];
      b[i] = pairs.b[std::min(first + i, pairs.count - 1)];
      sums[i] = _mm512_setzero_si512();
    }
    for (Index c = 0; c < pairs.width; c += kDotWidth) {
#pragma GCC unroll 4
      for (int i = 0; i < kPairs; ++i) {
        const __m512i w = _mm512_xor_si512(_mm512_loadu_si512(a[i] + c), offset);
        sums[i] = _mm512_dpbusd_epi32(sums[i], _mm512_loadu_si512(b[i] + c), w);
      }
    }
    for (Index i = 0; i < std::min<Index>(kPairs, pairs.count - first); ++i) {
      alignas(64) std::int32_t lane[16];
      _mm512_store_si512(lane, sums[i]);
      __m128i four = _mm_load_si128(reinterpret_cast<const __m128i*>(lane));
      for (int part = 4; part < 16; part += 4) {
        four = _mm_add_epi32(four, _mm_load_si128(reinterpret_cast<const __m128i*>(lane + part)));
      }
      four = _mm_add_epi32(four, _mm_unpackhi_epi64(four, four));
      products[first + i] = _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 1)));
    }
  }
}

}  // namespace

const TileKernel tile_kernels::avx512{"avx512", find_hits, find_scores, find_distances, tile_kernels::avx2.dots,
                                      nullptr};
const TileKernel tile_kernels::vnni{"vnni", find_hits, find_scores, find_distances, find_byte_dots, find_byte_hits};

}  // namespace maha::neighbors

#endif
