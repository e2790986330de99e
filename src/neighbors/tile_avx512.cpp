/// Eight queries by a panel of 32 rows: sixteen registers of sums, two of rows.

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>

#include "neighbors/tile_kernel.hpp"

#define MAHA_AVX512 __attribute__((target("avx512f,fma")))

namespace maha {
namespace {

constexpr int kQueries = 8;

struct Sums {
  __m512 low[kQueries], high[kQueries];
};

/// Pointers to kQueries queries from `first` on; the last one stands in for those that are missing.
struct Group {
  const float* rows[kQueries];
  Index present;

  Group(const TileQueries& queries, Index first) : present(queries.count - first) {
    for (Index i = 0; i < kQueries; ++i) rows[i] = queries.rows[first + std::min(i, present - 1)];
    present = std::min<Index>(present, kQueries);
  }
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
      for (Index i = 0; i < group.present; ++i) {
        for (unsigned mask = masks[i]; mask != 0; mask &= mask - 1) {
          *hits++ = {static_cast<std::uint16_t>(first + i),
                     static_cast<std::uint16_t>(p * kPanelRows + __builtin_ctz(mask))};
        }
      }
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

}  // namespace

const TileKernel tile_kernels::avx512{"avx512", find_hits, find_scores};

}  // namespace maha

#endif
