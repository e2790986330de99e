#pragma once

#include <span>

#include "core/types.hpp"
#include "neighbors/rotation.hpp"

namespace maha {

/// Queries and where they come from: row positions[i] of `rows` (the exact ones) and of `mapped`.
struct QueryTile {
  const MatrixRef& rows;
  const MappedRows& mapped;
  std::span<const Index> positions;

  Index size() const { return static_cast<Index>(positions.size()); }
  Index position(Index q) const { return positions[static_cast<std::size_t>(q)]; }
  const double* row(Index q) const { return rows.data() + position(q) * rows.outerStride(); }
  const double* coarse(Index q) const { return mapped.coarse.data() + position(q) * mapped.coarse.cols(); }
  const float* fine(Index q) const {
    const Index i = position(q);
    const Index place = mapped.fine_place.empty() ? i : mapped.fine_place[static_cast<std::size_t>(i)];
    return mapped.fine.data() + place * mapped.fine.cols();
  }
  double norm(Index q) const { return mapped.norm[position(q)]; }
};

}  // namespace maha
