#pragma once

#include "neighbors/index.hpp"

namespace maha::eval {

/// 1/distance relative to that of the query's nearest row, so that it neither overflows nor underflows: the nearest has
/// weight 1. If the nearest is at distance 0, all rows at distance 0 have weight 1 and the others 0. Both are places in
/// the lists.
inline double neighbor_weight(const neighbors::NeighborLists& lists, std::size_t nearest, std::size_t other) {
  if (lists.lengths.empty() && lists.squared[other] == lists.squared[nearest]) return 1.0;
  const double least = lists.distance(nearest), distance = lists.distance(other);
  return distance == least ? 1.0 : least / distance;
}

}  // namespace maha::eval
