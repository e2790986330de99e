#include "neighbors/by_class.hpp"

#include <algorithm>

namespace maha {
namespace {

std::vector<Index> members(const Labels& y, int c) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (y[i] == c) rows.push_back(static_cast<Index>(i));
  }
  return rows;
}

}  // namespace

NeighborLists nearest_in_class(const MatrixRef& X, const Labels& y, Index k, const Threads& threads) {
  const auto entries = static_cast<std::size_t>(X.rows() * k), width = static_cast<std::size_t>(k);
  NeighborLists all{k, std::vector<Index>(entries), std::vector<double>(entries)};
  const int classes = y.empty() ? 0 : *std::max_element(y.begin(), y.end()) + 1;
  for (int c = 0; c < classes; ++c) {
    const std::vector<Index> rows = members(y, c);
    if (rows.empty()) continue;
    const NeighborLists own = NeighborIndex(X(rows, Eigen::all), threads).nearest_other(k, threads);
    for (std::size_t s = 0; s < own.index.size(); ++s) {
      const std::size_t place = static_cast<std::size_t>(rows[s / width]) * width + s % width;
      all.index[place] = rows[static_cast<std::size_t>(own.index[s])];
      all.squared[place] = own.squared[s];
    }
  }
  return all;
}

std::vector<NeighborLists> nearest_by_class(const MatrixRef& X, const Labels& y, int classes, const MatrixRef& queries,
                                            Index k, const Threads& threads) {
  std::vector<NeighborLists> lists;
  for (int c = 0; c < classes; ++c) {
    const std::vector<Index> rows = members(y, c);
    NeighborLists& own = lists.emplace_back();
    if (rows.empty()) continue;
    own = NeighborIndex(X(rows, Eigen::all), threads)
              .nearest(queries, std::min(k, static_cast<Index>(rows.size())), threads);
    for (Index& index : own.index) index = rows[static_cast<std::size_t>(index)];
  }
  return lists;
}

}  // namespace maha
