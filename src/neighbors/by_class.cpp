#include "neighbors/by_class.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "core/text/counted.hpp"

namespace maha::neighbors {

NeighborLists nearest_in_class(const MatrixRef& X, const Labels& y, Index k, const Threads& threads,
                               const Ranks& ranks) {
  const auto entries = static_cast<std::size_t>(X.rows() * k), width = static_cast<std::size_t>(k);
  NeighborLists all{k, std::vector<Index>(entries), std::vector<double>(entries)};
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    if (rows.empty()) continue;
    const NeighborLists own = NeighborIndex(X(rows, Eigen::all), threads).nearest_other(k, threads, ranks);
    for (std::size_t s = 0; s < own.index.size(); ++s) {
      const std::size_t place = static_cast<std::size_t>(rows[s / width]) * width + s % width;
      all.index[place] = rows[static_cast<std::size_t>(own.index[s])];
      all.squared[place] = own.squared[s];
    }
  }
  return all;
}

std::vector<Index> rows_with_neighbors(const Labels& y, Index k, bool drop_small_classes,
                                       const std::vector<std::string>& names, const std::string& what) {
  const std::vector<Index> sizes = class_sizes(y);
  for (std::size_t c = 0; c < sizes.size() && !drop_small_classes; ++c) {
    if (sizes[c] == 0 || sizes[c] > k) continue;
    throw InputError("class " + class_called(c, names) + " has " + counted(sizes[c], "row") + ": " + what +
                     " need at least " + std::to_string(static_cast<std::uint64_t>(k) + 1));
  }
  std::vector<Index> rows;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (sizes[static_cast<std::size_t>(y[i])] > k) rows.push_back(static_cast<Index>(i));
  }
  return rows;
}

std::string class_called(std::size_t c, const std::vector<std::string>& names) {
  return c < names.size() ? names[c] : std::to_string(c);
}

std::vector<NeighborLists> nearest_by_class(const MatrixRef& X, const Labels& y, int classes, const MatrixRef& queries,
                                            Index k, const Threads& threads) {
  std::vector<std::vector<Index>> members = rows_by_class(y);
  members.resize(static_cast<std::size_t>(classes));
  std::vector<NeighborLists> lists;
  for (const std::vector<Index>& rows : members) {
    NeighborLists& own = lists.emplace_back();
    if (rows.empty()) continue;
    own = NeighborIndex(X(rows, Eigen::all), threads)
              .nearest(queries, std::min(k, static_cast<Index>(rows.size())), threads);
    for (Index& index : own.index) index = rows[static_cast<std::size_t>(index)];
  }
  return lists;
}

}  // namespace maha::neighbors
