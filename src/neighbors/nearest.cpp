/// The k nearest: a query's limit is the k-th best distance so far.

#include <string>

#include "core/error.hpp"
#include "neighbors/engine.hpp"
#include "neighbors/scan/selection.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kQueriesAtOnce = 16384;  // searched at a time, which bounds memory

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

}  // namespace

NeighborLists search_nearest(const Queries& queries, Index k, const Threads& threads) {
  const Index others = queries.reference.rows() - (queries.leave_one_out ? 1 : 0);
  if (k < 1 || k > others) {
    throw InputError("k must be from 1 to " + std::to_string(others) + " (the rows to choose from), not " +
                     std::to_string(k));
  }
  const Index m = queries.rows.rows();
  const auto size = static_cast<std::size_t>(m * k);
  NeighborLists lists{k, std::vector<Index>(size), std::vector<double>(size)};
  for (Index begin = 0; begin < m; begin += kQueriesAtOnce) {
    const Index end = std::min(m, begin + kQueriesAtOnce);
    queries.for_tiles(begin, end, threads, [&](const QueryTile& tile, Index first, const auto& scan) {
      NearestSink sink(queries, tile, first, k);
      scan(sink);
      sink.drain(lists);
    });
  }
  mend_nearest(queries, lists, threads);
  return lists;
}

}  // namespace maha::neighbors
