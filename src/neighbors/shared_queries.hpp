#pragma once
/// Queries of one search that are shared out among ranks, all of which have all rows.

#include <functional>
#include <vector>

#include "core/machine/ranks.hpp"

namespace maha::neighbors {

/// Leaves of the queries, in the order in which the first rank has them, those of this rank: `together` of them that
/// follow each other to each rank in turn, and round again. So every query has its rank, even where processors order
/// them otherwise.
void keep_share(std::vector<Index>& queries, Index together, const Ranks& ranks);

/// What a rank has found for some queries, by their numbers: for each so many rows, one query after the other.
struct Answered {
  std::vector<Index> query{}, rows{};
  std::vector<Index> index{};
  std::vector<double> squared{};

  /// Where those of the next query begin is where those of this one end.
  void end_query(Index number, Index count) {
    query.push_back(number);
    rows.push_back(count);
  }
};

/// take(answers) for those of every other rank, each of which calls this with its own. Sent: 16 bytes for each query and
/// each row, to every other rank.
void exchange(Answered own, const Ranks& ranks, const std::function<void(const Answered& answers)>& take);

}  // namespace maha::neighbors
