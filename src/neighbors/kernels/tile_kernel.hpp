#pragma once
/// The inner product of the search: queries w against a block of rows y in float32,
///
///   S(q, r) = w_q . y_r - |y_r|^2 / 2,   so that |w - y|^2 <= T  if and only if  S >= (|w|^2 - T) / 2,
///
/// compared while S is still in registers, so that no matrix of distances is ever written.

#include <cstdint>
#include <limits>

#include "core/types.hpp"

namespace maha::neighbors {

/// Rows in a panel. A panel holds -|y|^2/2 of its rows, then for each coordinate the values of its rows:
/// (depth + 1) x kPanelRows floats, 64-byte aligned. Rows that only pad the last panel have -infinity there.
inline constexpr Index kPanelRows = 32;

/// A query and a row of a block, by their positions (both below 2^16).
struct TileHit {
  std::uint16_t query, row;
};

struct TileBlock {
  const float* panels;
  Index count;  ///< of panels
  Index depth;  ///< coordinates
};

struct TileQueries {
  const float* const* rows;  ///< each of `depth` floats
  const float* thresholds;   ///< finite
  Index count;
};

/// Appends all (query, row) with S >= the query's threshold to hits, which has room for all pairs, and returns its end.
using FindHits = TileHit* (*)(const TileBlock&, const TileQueries&, TileHit* hits);

/// scores[query * count * kPanelRows + row] = S for all pairs.
using FindScores = void (*)(const TileBlock&, const TileQueries&, float* scores);

/// Pairs of rows of `width` floats, a multiple of 16.
struct FinePairs {
  const float* const* a;
  const float* const* b;
  Index count;
  Index width;
};

/// squared[i] = |a_i - b_i|^2. All terms are positive, so the relative error is at most gamma32(width + 2) in any
/// order.
using FindDistances = void (*)(const FinePairs&, float* squared);

/// Coordinates of a row in bytes, and the offset that makes those of the block's rows unsigned.
inline constexpr Index kByteWidth = 48;
inline constexpr int kByteOffset = 128;

/// Bytes of a panel: an int32 -floor(|y|^2 / 2) for each of its rows (kNoRow if there is none), then for every four
/// coordinates the four bytes y + kByteOffset of each row; 64-byte aligned.
inline constexpr Index kBytePanel = (kByteWidth + 4) * kPanelRows;
inline constexpr std::int32_t kNoRow = std::numeric_limits<std::int32_t>::min() / 2;

struct ByteTile {
  const std::uint8_t* panels;
  Index panel_count;
  const std::int8_t* queries;      ///< kByteWidth bytes w each
  const std::int32_t* thresholds;  ///< >= -2^29 - 2^21, of the scores w . (y + kByteOffset) - floor(|y|^2 / 2)
  Index query_count;
};

/// As FindHits, for bytes. The scores are exact.
using ByteHits = TileHit* (*)(const ByteTile&, TileHit* hits);

/// Coordinates of whole rows in bytes come in multiples of this.
inline constexpr Index kDotWidth = 64;

/// Pairs of rows of `width` bytes y + kByteOffset.
struct DotPairs {
  const std::uint8_t* const* a;
  const std::uint8_t* const* b;
  Index count;
  Index width;
};

/// products[i] = sum_c y(a_i)_c (y(b_i)_c + kByteOffset), which fits its type.
using FindDots = void (*)(const DotPairs&, std::int32_t* products);

/// A kernel for one kind of processor. Kernels differ in the rounding of S but not in any result: pairs that pass are
/// decided again in float64, and the thresholds allow for any rounding.
struct TileKernel {
  const char* name;  ///< as in MAHA_KERNEL
  FindHits hits;
  FindScores scores;
  FindDistances distances;
  FindDots dots;
  ByteHits byte_hits;  ///< nullptr if bytes are no faster than floats
};

/// choice.hpp says which of them run here and which one is used.
namespace tile_kernels {
extern const TileKernel portable;
#if defined(__x86_64__)
extern const TileKernel avx2;
extern const TileKernel avx512;
extern const TileKernel vnni;
#endif
}  // namespace tile_kernels

}  // namespace maha::neighbors
