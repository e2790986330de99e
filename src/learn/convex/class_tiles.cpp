#include "learn/convex/class_tiles.hpp"

#include <algorithm>

#include "core/rows_by_class.hpp"

namespace maha::learn::convex {

RowsByClass by_class(const Samples& samples) {
  std::vector<Index> order;
  Labels y;
  for (const std::vector<Index>& rows : rows_by_class(samples.y)) {
    order.insert(order.end(), rows.begin(), rows.end());
    for (const Index i : rows) y.push_back(samples.y[static_cast<std::size_t>(i)]);
  }
  return {samples.X(order, Eigen::all), std::move(y)};
}

std::vector<ClassTile> tiles_of(const Labels& y, Index least) {
  constexpr Index kEntries = 1 << 18;         // of a tile, 2 MB: near what a processor's second cache holds
  constexpr Index kFewest = 32, kMost = 256;  // rows of a tile: fewer make slow products, more no quicker ones
  const auto n = static_cast<Index>(y.size());
  const Index height = std::clamp(kEntries / std::max<Index>(n, 1), kFewest, kMost);
  std::vector<ClassTile> tiles;
  for (Index first = 0, last = 0; first < n; first = last) {
    while (last < n && y[static_cast<std::size_t>(last)] == y[static_cast<std::size_t>(first)]) ++last;
    if (last - first < least) continue;
    for (Index begin = first; begin < last; begin += height)
      tiles.push_back({begin, std::min(begin + height, last), first, last});
  }
  return tiles;
}

}  // namespace maha::learn::convex
