#include "neighbors/ranks/found_lists.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace maha::neighbors {
namespace {

void send(const FoundLists& lists, int to, const Ranks& ranks) {
  ranks.send(lists.start.data(), std::ssize(lists.start), to);
  ranks.send(lists.found.data(), std::ssize(lists.found), to);
}

/// Lists about so many queries.
FoundLists receive(Index queries, int from, const Ranks& ranks) {
  FoundLists lists;
  lists.start.resize(static_cast<std::size_t>(queries) + 1);
  ranks.receive(lists.start.data(), queries + 1, from);
  lists.found.resize(static_cast<std::size_t>(lists.start.back()));
  ranks.receive(lists.found.data(), lists.start.back(), from);
  return lists;
}

bool is_in_range(const Found& found) {
  return found.squared == linalg::WideSquare{} || linalg::is_safe_square(found.squared.value());
}

/// Indices, squares and, if need be, lengths of either kind of lists.
template <class Lists>
void take(const FoundLists& from, Lists& to) {
  const bool in_range = std::all_of(from.found.begin(), from.found.end(), is_in_range);
  for (const Found& found : from.found) {
    to.index.push_back(found.row);
    to.squared.push_back(found.squared.value());
    if (in_range) continue;
    to.lengths.push_back(is_in_range(found) ? std::sqrt(found.squared.value()) : found.squared.root());
  }
}

}  // namespace

FoundLists merged(const FoundLists& a, const FoundLists& b, Index most) {
  FoundLists both;
  both.start.reserve(a.start.size());
  both.found.reserve(std::max(a.found.size(), b.found.size()));
  for (Index q = 0; q < a.size(); ++q) {
    const auto begin_of = [q](const FoundLists& lists) { return lists.found.begin() + lists.start[q]; };
    const auto end_of = [q](const FoundLists& lists) { return lists.found.begin() + lists.start[q + 1]; };
    const Index before = std::ssize(both.found);
    std::merge(begin_of(a), end_of(a), begin_of(b), end_of(b), std::back_inserter(both.found));
    both.found.resize(static_cast<std::size_t>(before + std::min(std::ssize(both.found) - before, most)));
    both.end_query();
  }
  return both;
}

FoundLists merged_on_first(FoundLists own, Index most, const Ranks& ranks) {
  const Index queries = own.size();
  ranks.gather([&](int to) { send(own, to, ranks); },
               [&](int from) { own = merged(own, receive(queries, from, ranks), most); });
  return ranks.is_first() ? std::move(own) : FoundLists();
}

NeighborLists neighbor_lists(const FoundLists& lists, Index k) {
  NeighborLists result{k, {}, {}};
  take(lists, result);
  return result;
}

RangeLists range_lists(const FoundLists& lists, Index first) {
  RangeLists result;
  result.first = first;
  result.start = lists.start;
  take(lists, result);
  return result;
}

}  // namespace maha::neighbors
