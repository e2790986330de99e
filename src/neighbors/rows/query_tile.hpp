#pragma once

#include <span>

#include "core/types.hpp"
#include "neighbors/rows/rotation.hpp"

namespace maha::neighbors {

/// Queries of a tile: query i is row positions[i] of `rows` (exact) and of `mapped`.
struct QueryTile {
  const MatrixRef& rows;
  const MappedRows& mapped;
  std::span<const Index> positions;

  Index size() const { return static_cast<Index>(positions.size()); }
  Index position(Index q) const { return positions[static_cast<std::size_t>(q)]; }
  const double* row(Index q) const { return rows.data() + position(q) * rows.outerStride(); }
  const double* coarse(Index q) const { return mapped.coarse.row(position(q)); }
  const float* fine(Index q) const { return mapped.fine.row(position(q)); }
};

}  // namespace maha::neighbors
