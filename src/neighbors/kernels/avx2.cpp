/// Six queries by sixteen rows: twelve registers of sums, two of rows, one of a query's coordinate.

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>

#include "neighbors/kernels/tile_group.hpp"

#define MAHA_AVX2 __attribute__((target("avx2,fma")))

namespace maha::neighbors {
namespace {

constexpr int kQueries = 6;
constexpr Index kPairsAhead = 8;
constexpr Index kHalf = 16;  // rows of a panel at a time

using Group = TileGroup<kQueries>;

struct Sums {
  __m256 low[kQueries], high[kQueries];
};

MAHA_AVX2 inline void multiply(const float* panel, Index depth, const Group& group, Sums& sums) {
  const __m256 low = _mm256_load_ps(panel), high = _mm256_load_ps(panel + 8);
#pragma GCC unroll 6
  for (int i = 0; i < kQueries; ++i) {
    sums.low[i] = low;
    sums.high[i] = high;
  }
  for (Index c = 0; c < depth; ++c) {
    panel += kPanelRows;
    const __m256 y_low = _mm256_load_ps(panel), y_high = _mm256_load_ps(panel + 8);
#pragma GCC unroll 6
    for (int i = 0; i < kQueries; ++i) {
      const __m256 w = _mm256_broadcast_ss(group.rows[i] + c);
      sums.low[i] = _mm256_fmadd_ps(w, y_low, sums.low[i]);
      sums.high[i] = _mm256_fmadd_ps(w, y_high, sums.high[i]);
    }
  }
}

MAHA_AVX2 TileHit* find_hits(const TileBlock& block, const TileQueries& queries, TileHit* hits) {
  for (Index half = 0; half < 2 * block.count; ++half) {
    const float* panel = block.panels + half / 2 * (block.depth + 1) * kPanelRows + half % 2 * kHalf;
    for (Index first = 0; first < queries.count; first += kQueries) {
      const Group group(queries, first);
      Sums sums;
      multiply(panel, block.depth, group, sums);
      unsigned masks[kQueries];
#pragma GCC unroll 6
      for (int i = 0; i < kQueries; ++i) {
        const __m256 threshold =
            _mm256_broadcast_ss(queries.thresholds + first + std::min<Index>(i, group.present - 1));
        const int low = _mm256_movemask_ps(_mm256_cmp_ps(sums.low[i], threshold, _CMP_GE_OQ));
        const int high = _mm256_movemask_ps(_mm256_cmp_ps(sums.high[i], threshold, _CMP_GE_OQ));
        masks[i] = static_cast<unsigned>(low | high << 8);
      }
      for (Index i = 0; i < group.present; ++i) hits = append_hits(masks[i], first + i, half * kHalf, hits);
    }
  }
  return hits;
}

MAHA_AVX2 void find_scores(const TileBlock& block, const TileQueries& queries, float* scores) {
  const Index stride = block.count * kPanelRows;
  for (Index half = 0; half < 2 * block.count; ++half) {
    const float* panel = block.panels + half / 2 * (block.depth + 1) * kPanelRows + half % 2 * kHalf;
    for (Index first = 0; first < queries.count; first += kQueries) {
      const Group group(queries, first);
      Sums sums;
      multiply(panel, block.depth, group, sums);
      for (Index i = 0; i < group.present; ++i) {
        float* row = scores + (first + i) * stride + half * kHalf;
        _mm256_storeu_ps(row, sums.low[i]);
        _mm256_storeu_ps(row + 8, sums.high[i]);
      }
    }
  }
}

MAHA_AVX2 void find_distances(const FinePairs& pairs, float* squared) {
  for (Index i = 0; i < pairs.count; ++i) {
    const float* next = pairs.b[std::min(i + kPairsAhead, pairs.count - 1)];
    __m256 even = _mm256_setzero_ps(), odd = _mm256_setzero_ps();
    for (Index c = 0; c < pairs.width; c += 16) {
      _mm_prefetch(reinterpret_cast<const char*>(next + c), _MM_HINT_T0);
      const __m256 low = _mm256_sub_ps(_mm256_loadu_ps(pairs.a[i] + c), _mm256_loadu_ps(pairs.b[i] + c));
      const __m256 high = _mm256_sub_ps(_mm256_loadu_ps(pairs.a[i] + c + 8), _mm256_loadu_ps(pairs.b[i] + c + 8));
      even = _mm256_fmadd_ps(low, low, even);
      odd = _mm256_fmadd_ps(high, high, odd);
    }
    const __m256 sum = _mm256_add_ps(even, odd);
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(sum), _mm256_extractf128_ps(sum, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    squared[i] = _mm_cvtss_f32(_mm_add_ss(four, _mm_shuffle_ps(four, four, 1)));
  }
}

MAHA_AVX2 inline __m256i load_bytes(const std::uint8_t* bytes) {
  return _mm256_cvtepu8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)));
}

MAHA_AVX2 void find_dots(const DotPairs& pairs, std::int32_t* products) {
  const __m256i offset = _mm256_set1_epi16(kByteOffset);
  for (Index i = 0; i < pairs.count; ++i) {
    __m256i sum = _mm256_setzero_si256();
    for (Index c = 0; c < pairs.width; c += 16) {
      const __m256i w = _mm256_sub_epi16(load_bytes(pairs.a[i] + c), offset);
      sum = _mm256_add_epi32(sum, _mm256_madd_epi16(w, load_bytes(pairs.b[i] + c)));
    }
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    four = _mm_add_epi32(four, _mm_unpackhi_epi64(four, four));
    products[i] = _mm_cvtsi128_si32(_mm_add_epi32(four, _mm_shuffle_epi32(four, 1)));
  }
}

}  // namespace

const TileKernel tile_kernels::avx2{"avx2", find_hits, find_scores, find_distances, find_dots, nullptr};

}  // namespace maha::neighbors

#endif
