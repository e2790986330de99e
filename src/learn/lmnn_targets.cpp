#include "learn/lmnn_targets.hpp"

#include <algorithm>
#include <cstdint>

#include "neighbors/index.hpp"

namespace maha::lmnn {

RowLists nearest_in_class(const MatrixRef& X, const Labels& y, Index k, const Threads& threads) {
  const Index n = X.rows();
  RowLists lists;
  lists.begin.resize(static_cast<std::size_t>(n + 1));
  for (Index i = 0; i <= n; ++i) lists.begin[i] = i * k;
  lists.other.resize(static_cast<std::size_t>(n * k));
  const int classes = *std::max_element(y.begin(), y.end()) + 1;
  for (int c = 0; c < classes; ++c) {
    std::vector<Index> members;
    for (Index i = 0; i < n; ++i) {
      if (y[i] == c) members.push_back(i);
    }
    if (members.empty()) continue;
    const NeighborLists nearest = NeighborIndex(X(members, Eigen::all), threads).nearest_other(k, threads);
    for (std::size_t s = 0; s < nearest.index.size(); ++s) {
      const Index member = static_cast<Index>(s) / k;
      lists.other[members[member] * k + static_cast<Index>(s) % k] =
          static_cast<std::int32_t>(members[nearest.index[s]]);
    }
  }
  return lists;
}

}  // namespace maha::lmnn
