/// The k nearest: a query's limit is the k-th best distance so far.

#include <algorithm>
#include <string>
#include <utility>

#include "core/error.hpp"
#include "neighbors/engine.hpp"
#include "neighbors/scan/selection.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kQueriesAtOnce = 16384;  // searched at a time, which bounds memory
constexpr Index kNotSearched = -1;       // in place of a row: the query is another rank's

class NearestSink {
 public:
  NearestSink(const Queries& queries, const QueryTile& tile, Index first, Index k)
      : queries_(queries), tile_(tile), first_(first), k_(k), best_(static_cast<std::size_t>(tile.size()), KBest(k)) {}

  double limit(Index q) const { return best_[static_cast<std::size_t>(q)].worst(); }
  bool admits(Index q, Index id) const { return !queries_.same_row(first_ + tile_.position(q), id); }
  bool admits_all() const { return !queries_.leave_one_out; }
  bool admits_block(Index, Index) const { return true; }
  void offer(Index q, Index id, double squared) { best_[static_cast<std::size_t>(q)].offer({squared, id}); }
  Index seeds() const { return k_; }

  void drain(NeighborLists& lists) {
    for (Index q = 0; q < tile_.size(); ++q) {
      const Index place = (first_ + tile_.position(q)) * k_;
      best_[static_cast<std::size_t>(q)].drain(lists.index.data() + place, lists.squared.data() + place);
    }
  }

 private:
  const Queries& queries_;
  const QueryTile& tile_;
  Index first_, k_;
  std::vector<KBest> best_;
};

/// Completes the lists of this rank by those of the others.
void share_lists(NeighborLists& lists, const Ranks& ranks) {
  const auto k = static_cast<std::size_t>(lists.k);
  Answered own;
  for (std::size_t place = 0; place < lists.index.size(); place += k) {
    if (lists.index[place] == kNotSearched) continue;
    for (std::size_t s = place; s < place + k; ++s) {
      own.index.push_back(lists.index[s]);
      own.squared.push_back(lists.squared[s]);
    }
    own.end_query(static_cast<Index>(place / k), lists.k);
  }
  exchange(std::move(own), ranks, [&](const Answered& answers) {
    for (std::size_t i = 0; i < answers.query.size(); ++i) {
      const auto from = static_cast<Index>(i) * lists.k, to = answers.query[i] * lists.k;
      std::copy_n(answers.index.begin() + from, k, lists.index.begin() + to);
      std::copy_n(answers.squared.begin() + from, k, lists.squared.begin() + to);
    }
  });
}

}  // namespace

NeighborLists search_nearest(const Queries& queries, Index k, const Threads& threads) {
  const Index others = queries.reference.rows() - (queries.leave_one_out ? 1 : 0);
  if (k < 1 || k > others) {
    throw InputError("k must be from 1 to " + std::to_string(others) + " (the rows to choose from), not " +
                     std::to_string(k));
  }
  const Index m = queries.rows.rows();
  const auto size = static_cast<std::size_t>(m * k);
  NeighborLists lists{k, std::vector<Index>(size, kNotSearched), std::vector<double>(size)};
  for (Index begin = 0; begin < m; begin += kQueriesAtOnce) {
    const Index end = std::min(m, begin + kQueriesAtOnce);
    queries.for_tiles(begin, end, threads, [&](const QueryTile& tile, Index first, const auto& scan) {
      NearestSink sink(queries, tile, first, k);
      scan(sink);
      sink.drain(lists);
    });
  }
  if (!queries.ranks->is_alone()) share_lists(lists, *queries.ranks);
  mend_nearest(queries, lists, threads);
  return lists;
}

}  // namespace maha::neighbors
