#include "prepare/draw/pair_ranks.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "core/rows_by_class.hpp"

namespace maha::prepare {
namespace {

Index pairs_of(Index n) { return n * (n - 1) / 2; }

}  // namespace

PairRanks::PairRanks(const Labels& y) : n_(static_cast<Index>(y.size())) {
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    rows_.insert(rows_.end(), rows.begin(), rows.end());
    start_.push_back(static_cast<Index>(rows_.size()));
  }
}

std::vector<Index> PairRanks::rows(Index c) const {
  return {rows_.begin() + start_[place(c)], rows_.begin() + start_[place(c + 1)]};
}

std::vector<Index> PairRanks::rows_without(Index c) const {
  std::vector<Index> rows(rows_.begin(), rows_.begin() + start_[place(c)]);
  rows.insert(rows.end(), rows_.begin() + start_[place(c + 1)], rows_.end());
  std::sort(rows.begin(), rows.end());
  return rows;
}

PairCounts PairRanks::counts() const {
  PairCounts counts;
  for (Index c = 0; c < classes(); ++c) counts.similar += pairs_of(size(c));
  counts.dissimilar = pairs_of(n_) - counts.similar;
  return counts;
}

Pair PairRanks::similar(Index rank) const {
  Index c = 0;
  for (; rank >= pairs_of(size(c)); ++c) rank -= pairs_of(size(c));
  auto b = static_cast<Index>((1 + std::sqrt(1 + 8 * static_cast<double>(rank))) / 2);
  while (pairs_of(b) > rank) --b;  // the root may be off by rounding
  while (pairs_of(b + 1) <= rank) ++b;
  return ordered_pair(row(c, rank - pairs_of(b)), row(c, b), true);
}

Pair PairRanks::dissimilar(Index rank) const {
  Index c = 0;
  for (; rank >= size(c) * later(c); ++c) rank -= size(c) * later(c);
  return ordered_pair(row(c, rank / later(c)), row(c, size(c) + rank % later(c)), false);
}

Pair ordered_pair(Index i, Index j, bool similar) { return {std::min(i, j), std::max(i, j), similar}; }

std::vector<Index> draw_ranks(Index n, Index k, Random& random) {
  std::unordered_set<Index> drawn;
  std::vector<Index> ranks;
  for (Index last = n - k; last < n; ++last) {
    const Index rank = random.below(last + 1);
    ranks.push_back(drawn.insert(rank).second ? rank : last);
    drawn.insert(ranks.back());
  }
  return ranks;
}

}  // namespace maha::prepare
