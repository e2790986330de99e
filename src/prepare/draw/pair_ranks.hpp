#pragma once

#include <vector>

#include "core/pairs.hpp"
#include "core/random.hpp"
#include "prepare/draw/draw_pairs.hpp"

namespace maha::prepare {

/// Numbers the pairs of rows of each kind, so that one can be drawn by its number (rank) and none is listed. The rows
/// are taken class by class, within a class in their order.
class PairRanks {
 public:
  explicit PairRanks(const Labels& y);

  Index count() const { return n_; }
  Index classes() const { return static_cast<Index>(start_.size()) - 1; }
  Index size(Index c) const { return start_[place(c + 1)] - start_[place(c)]; }

  /// The rows of a class, and all others, in their order; one row of either by its number in that list.
  std::vector<Index> rows(Index c) const;
  std::vector<Index> rows_without(Index c) const;
  Index row(Index c, Index k) const { return rows_[place(start_[place(c)] + k)]; }
  Index row_without(Index c, Index k) const { return rows_[place(k < start_[place(c)] ? k : k + size(c))]; }

  PairCounts counts() const;

  /// The pairs (0,1), (0,2), (1,2), (0,3), ... of the first class, then those of the second, and so on.
  Pair similar(Index rank) const;

  /// Each row of the first class with all rows of later classes, then those of the second, and so on.
  Pair dissimilar(Index rank) const;

 private:
  static std::size_t place(Index i) { return static_cast<std::size_t>(i); }
  Index later(Index c) const { return n_ - start_[place(c + 1)]; }

  Index n_;
  std::vector<Index> start_{0}, rows_;
};

/// The pair with its lower row first.
Pair ordered_pair(Index i, Index j, bool similar);

/// k numbers of 0, ..., n - 1, every set equally likely: Floyd's algorithm (Bentley & Floyd, CACM 30:9, 1987).
std::vector<Index> draw_ranks(Index n, Index k, Random& random);

}  // namespace maha::prepare
