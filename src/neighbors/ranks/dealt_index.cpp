#include "neighbors/ranks/dealt_index.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "core/error.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kAskedTogether = 16384;      // queries for the nearest rows, as many as one search takes at a time
constexpr Index kRangeAskedTogether = 1024;  // queries for all rows within a radius, or fewer
constexpr Index kMostHeld = 1 << 19;         // rows found for them on a rank, until there is one query: 12 MB

/// Ends a search that finds too much.
struct TooMuch {};

}  // namespace

DealtIndex::DealtIndex(SharedRows own, Index rows, const Ranks& ranks, const Threads& threads)
    : ranks_(ranks), deal_(ranks), rows_(rows), dims_(own.cols()) {
  if (own.rows() != deal_.own(rows)) {
    throw InputError("of " + std::to_string(rows) + " rows a rank has " + std::to_string(own.rows()) + ", not " +
                     std::to_string(deal_.own(rows)));
  }
  if (own.rows() > 0) own_.emplace(std::move(own), threads);
}

NeighborLists DealtIndex::nearest(const MatrixRef& queries, Index k, const Threads& threads) const {
  return ranks_.is_alone() ? own_->nearest(queries, k, threads) : search_nearest(&queries, k, threads);
}

NeighborLists DealtIndex::nearest_other(Index k, const Threads& threads) const {
  return ranks_.is_alone() ? own_->nearest_other(k, threads) : search_nearest(nullptr, k, threads);
}

void DealtIndex::within_radius(const MatrixRef& queries, const Radius& radius, const RangeVisitor& visit,
                               const Threads& threads) const {
  if (ranks_.is_alone()) return own_->within_radius(queries, radius, visit, threads);
  search_within(&queries, radius, visit, threads);
}

void DealtIndex::within_radius_of_others(const Radius& radius, const RangeVisitor& visit,
                                         const Threads& threads) const {
  if (ranks_.is_alone()) return own_->within_radius_of_others(radius, visit, threads);
  search_within(nullptr, radius, visit, threads);
}

/// The rows [begin, end) of all, each from the rank that has it.
Matrix DealtIndex::rows_of_all(Index begin, Index end) const {
  Matrix all(end - begin, dims_), part;
  for (int rank = 0; rank < ranks_.count(); ++rank) {
    const Deal deal(rank, ranks_.count());
    const Index before = deal.own(begin), count = deal.own(end) - before;
    if (count == 0) continue;
    part.resize(count, dims_);
    if (rank == ranks_.rank()) part = own_->reference().middleRows(before, count);
    ranks_.broadcast(part.data(), part.size(), rank);
    for (Index i = 0; i < count; ++i) all.row(deal.number(before + i) - begin) = part.row(i);
  }
  return all;
}

/// answer(asked) for the queries, or the dealt rows, [begin, end).
template <class Answer>
auto DealtIndex::ask(const MatrixRef* queries, Index begin, Index end, Answer&& answer) const {
  if (queries) return answer(Asked{queries->middleRows(begin, end - begin), std::nullopt});
  const Matrix dealt = rows_of_all(begin, end);
  return answer(Asked{dealt, begin});
}

/// What was found among the own rows for some queries, up to `most` of each, with their numbers among all; no row is its
/// own neighbour.
void DealtIndex::take(const Asked& asked, const RangeLists& found, Index most, FoundLists& lists) const {
  for (Index q = 0; q < found.size(); ++q) {
    const double* const query = asked.rows.data() + (found.first + q) * asked.rows.outerStride();
    for (Index s = found.start[static_cast<std::size_t>(q)]; s < found.start[static_cast<std::size_t>(q) + 1]; ++s) {
      if (std::ssize(lists.found) - lists.start.back() == most) break;
      const Index own = found.index[static_cast<std::size_t>(s)], row = deal_.number(own);
      if (asked.first_row && row == *asked.first_row + found.first + q) continue;
      const double squared = found.squared[static_cast<std::size_t>(s)];
      const double* const other = own_->reference().data() + own * dims_;
      lists.found.push_back({linalg::wide_square(squared, query, other, dims_), row});
    }
    lists.end_query();
  }
}

FoundLists DealtIndex::nearest_own(const Asked& asked, Index k, const Threads& threads) const {
  const Index queries = asked.rows.rows();
  if (!own_) return FoundLists::of_none(queries);
  FoundLists lists;
  const Index most = std::min(own_->rows(), k + (asked.first_row ? 1 : 0));
  NeighborLists nearest = own_->nearest(asked.rows, most, threads);
  RangeLists found{0, {}, std::move(nearest.index), std::move(nearest.squared)};
  for (Index q = 0; q <= queries; ++q) found.start.push_back(q * most);
  take(asked, found, k, lists);
  return lists;
}

/// Nothing if there is too much of it, for more than one query.
std::optional<FoundLists> DealtIndex::within_own(const Asked& asked, const Radius& radius,
                                                 const Threads& threads) const {
  if (!own_) return FoundLists::of_none(asked.rows.rows());
  FoundLists lists;
  const auto visit = [&](const RangeLists& found) {
    take(asked, found, std::numeric_limits<Index>::max(), lists);
    if (std::ssize(lists.found) > kMostHeld && asked.rows.rows() > 1) throw TooMuch();
  };
  try {
    own_->within_radius(asked.rows, radius, visit, threads);
  } catch (const TooMuch&) {
    return std::nullopt;
  }
  return lists;
}

NeighborLists DealtIndex::search_nearest(const MatrixRef* queries, Index k, const Threads& threads) const {
  const Index others = rows_ - (queries ? 0 : 1), m = queries ? queries->rows() : rows_;
  if (k < 1 || k > others) {
    throw InputError("k must be from 1 to " + std::to_string(others) + " (the rows to choose from), not " +
                     std::to_string(k));
  }
  FoundLists all;
  for (Index begin = 0; begin < m; begin += kAskedTogether) {
    const FoundLists own = ask(queries, begin, std::min(m, begin + kAskedTogether),
                               [&](const Asked& asked) { return nearest_own(asked, k, threads); });
    const FoundLists some = merged_on_first(own, k, ranks_);
    all.found.insert(all.found.end(), some.found.begin(), some.found.end());
  }
  return neighbor_lists(all, k);
}

void DealtIndex::search_within(const MatrixRef* queries, const Radius& radius, const RangeVisitor& visit,
                               const Threads& threads) const {
  const Index m = queries ? queries->rows() : rows_;
  Index step = kRangeAskedTogether;
  for (Index begin = 0; begin < m;) {
    const Index end = std::min(m, begin + step);
    std::optional<FoundLists> own =
        ask(queries, begin, end, [&](const Asked& asked) { return within_own(asked, radius, threads); });
    if (ranks_.largest(own ? 0 : 1) > 0) {
      step = (end - begin) / 2;
      continue;
    }
    const FoundLists found = merged_on_first(std::move(*own), std::numeric_limits<Index>::max(), ranks_);
    if (ranks_.is_first()) visit(range_lists(found, begin));
    begin = end;
    step = std::min(kRangeAskedTogether, 2 * step);
  }
}

}  // namespace maha::neighbors
