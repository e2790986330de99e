#pragma once
/// Search as its definition says it: every pair, in float64, ordered by (squared distance, row number); squares that
/// overflow or underflow by their true size.

#include <algorithm>
#include <vector>

#include "neighbors/distance.hpp"
#include "neighbors/index.hpp"

namespace maha {

inline double computed_square(const Matrix& X, const Matrix& Q, Index q, Index r) {
  return neighbors::squared_distance(Q.data() + q * Q.cols(), X.data() + r * X.cols(), X.cols());
}

inline std::vector<std::pair<linalg::WideSquare, Index>> all_distances(const Matrix& X, const Matrix& Q, Index q,
                                                                       bool leave_one_out) {
  std::vector<std::pair<linalg::WideSquare, Index>> all;
  for (Index r = 0; r < X.rows(); ++r) {
    if (leave_one_out && r == q) continue;
    const double squared = computed_square(X, Q, q, r);
    all.emplace_back(linalg::is_safe_square(squared)
                         ? linalg::wide_square(squared)
                         : linalg::wide_square(Q.data() + q * Q.cols(), X.data() + r * X.cols(), X.cols()),
                     r);
  }
  return all;
}

inline neighbors::NeighborLists brute_nearest(const Matrix& X, const Matrix& Q, Index k, bool leave_one_out) {
  neighbors::NeighborLists lists{k, {}, {}};
  for (Index q = 0; q < Q.rows(); ++q) {
    auto all = all_distances(X, Q, q, leave_one_out);
    std::partial_sort(all.begin(), all.begin() + k, all.end());
    for (Index j = 0; j < k; ++j) {
      lists.index.push_back(all[static_cast<std::size_t>(j)].second);
      lists.squared.push_back(all[static_cast<std::size_t>(j)].first.value());
    }
  }
  return lists;
}

inline neighbors::RangeLists brute_within(const Matrix& X, const Matrix& Q, const std::vector<double>& radius,
                                          const neighbors::UnlikeOnly& unlike, bool leave_one_out) {
  neighbors::RangeLists lists;
  for (Index q = 0; q < Q.rows(); ++q) {
    auto all = all_distances(X, Q, q, leave_one_out);
    std::erase_if(all, [&](const auto& one) {
      const auto Qi = static_cast<std::size_t>(q), Ri = static_cast<std::size_t>(one.second);
      return !(computed_square(X, Q, q, one.second) <= radius[Qi]) ||
             (!unlike.queries.empty() && unlike.queries[Qi] == unlike.reference[Ri]);
    });
    std::sort(all.begin(), all.end());
    for (const auto& [squared, row] : all) {
      lists.index.push_back(row);
      lists.squared.push_back(squared.value());
    }
    lists.start.push_back(static_cast<Index>(lists.index.size()));
  }
  return lists;
}

/// Appends a block; its first query must be the next one, else the result compares unequal to anything.
inline void append(neighbors::RangeLists& all, const neighbors::RangeLists& block) {
  if (block.first != all.size()) all.first = -1;
  const Index before = all.start.back();
  for (Index q = 0; q < block.size(); ++q) all.start.push_back(before + block.start[static_cast<std::size_t>(q) + 1]);
  all.index.insert(all.index.end(), block.index.begin(), block.index.end());
  all.squared.insert(all.squared.end(), block.squared.begin(), block.squared.end());
}

inline neighbors::RangeLists collect_within(const neighbors::NeighborIndex& index, const Matrix& Q,
                                            const std::vector<double>& radius, const neighbors::UnlikeOnly& unlike,
                                            const Threads& threads = Threads()) {
  neighbors::RangeLists all;
  index.within(
      Q, radius, [&](const neighbors::RangeLists& block) { append(all, block); }, unlike, threads);
  return all;
}

inline neighbors::RangeLists collect_within_other(const neighbors::NeighborIndex& index,
                                                  const std::vector<double>& radius, const Labels& labels,
                                                  const Threads& threads = Threads()) {
  neighbors::RangeLists all;
  index.within_other(
      radius, [&](const neighbors::RangeLists& block) { append(all, block); }, labels, threads);
  return all;
}

inline bool same(const neighbors::NeighborLists& a, const neighbors::NeighborLists& b) {
  return a.k == b.k && a.index == b.index && a.squared == b.squared;
}

inline bool same(const neighbors::RangeLists& a, const neighbors::RangeLists& b) {
  return a.first == b.first && a.start == b.start && a.index == b.index && a.squared == b.squared;
}

}  // namespace maha
