#pragma once

#include <vector>

#include "core/machine/ranks.hpp"
#include "linalg/wide_square.hpp"
#include "neighbors/index.hpp"

namespace maha::neighbors {

/// A row that was found, with its squared distance, whatever its size. In the order of the search.
struct Found {
  linalg::WideSquare squared;
  Index row = 0;

  auto operator<=>(const Found&) const = default;
};

/// Rows found for queries among the rows of one rank, later of several. Query q has [start[q], start[q+1]), in order.
struct FoundLists {
  std::vector<Index> start{0};
  std::vector<Found> found{};

  /// Of so many queries, for which nothing was found.
  static FoundLists of_none(Index queries) { return {std::vector<Index>(static_cast<std::size_t>(queries) + 1, 0)}; }

  Index size() const { return static_cast<Index>(start.size()) - 1; }
  /// Ends the list of the next query.
  void end_query() { start.push_back(static_cast<Index>(found.size())); }
};

/// The first `most` of each query in either of the two, which are about the same queries and have no row in common.
FoundLists merged(const FoundLists& a, const FoundLists& b, Index most);

/// The lists of all ranks, merged, on the first one; an empty list on the others.
FoundLists merged_on_first(FoundLists own, Index most, const Ranks& ranks);

/// As a search of all rows gives them, with lengths if a square is out of range. For NeighborLists every query has as
/// many rows; `first`: the number of the first query.
NeighborLists neighbor_lists(const FoundLists& lists, Index k);
RangeLists range_lists(const FoundLists& lists, Index first);

}  // namespace maha::neighbors
