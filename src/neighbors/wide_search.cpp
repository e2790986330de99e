/// Searches in which squares overflow or underflow. Queries with such neighbours are searched again in a unit of the
/// rows' size, or if that would round a coordinate, compared with all rows by squares of any size. Other queries keep
/// their results, which such rows cannot have changed: a square that overflows is above all that do not, one that
/// underflows below.

#include <algorithm>
#include <optional>
#include <utility>

#include "linalg/units.hpp"
#include "linalg/wide_square.hpp"
#include "neighbors/engine.hpp"

namespace maha::neighbors {
namespace {

constexpr Index kQueryTile = 256;  // queries a thread checks at a time

using WideCandidate = std::pair<linalg::WideSquare, Index>;

/// Whether a computed square is wrong because it overflowed or underflowed. Equal rows are rightly at distance 0.
bool is_doubtful(const Queries& queries, Index q, Index id, double squared) {
  if (linalg::is_safe_square(squared)) return false;
  const double *a = queries.query(q), *b = queries.row(id);
  return squared != 0 || !std::equal(a, a + queries.reference.cols(), b);
}

std::vector<Index> doubtful_queries(const Queries& queries, const NeighborLists& lists, const Threads& threads) {
  const Index m = queries.rows.rows(), k = lists.k;
  std::vector<char> doubtful(static_cast<std::size_t>(m), 0);
  threads.for_ranges(m, kQueryTile, [&](Index begin, Index end) {
    for (Index s = begin * k; s < end * k; ++s) {
      const auto at = static_cast<std::size_t>(s);
      if (!is_doubtful(queries, s / k, lists.index[at], lists.squared[at])) continue;
      doubtful[static_cast<std::size_t>(s / k)] = 1;
    }
  });
  std::vector<Index> some;
  for (Index q = 0; q < m; ++q) {
    if (doubtful[static_cast<std::size_t>(q)]) some.push_back(q);
  }
  return some;
}

linalg::WideSquare square_of(const Queries& queries, Index q, Index id) {
  const Index d = queries.reference.cols();
  const double squared = squared_distance(queries.query(q), queries.row(id), d);
  return linalg::wide_square(squared, queries.query(q), queries.row(id), d);
}

/// The k nearest rows of a query, by comparing it with all rows.
std::vector<Index> nearest_of(const Queries& queries, Index q, Index k) {
  std::vector<WideCandidate> best;  // a heap with the worst on top
  for (Index id = 0; id < queries.reference.rows(); ++id) {
    if (queries.same_row(q, id)) continue;
    const WideCandidate candidate{square_of(queries, q, id), id};
    if (static_cast<Index>(best.size()) == k) {
      if (!(candidate < best.front())) continue;
      std::pop_heap(best.begin(), best.end());
      best.pop_back();
    }
    best.push_back(candidate);
    std::push_heap(best.begin(), best.end());
  }
  std::sort_heap(best.begin(), best.end());
  std::vector<Index> nearest;
  for (const WideCandidate& candidate : best) nearest.push_back(candidate.second);
  return nearest;
}

/// The rows in a unit, if that rounds none of them.
std::optional<Matrix> measured(const MatrixRef& rows, double unit) {
  Matrix result = rows / unit;
  return result * unit == rows ? std::optional(std::move(result)) : std::nullopt;
}

/// The k nearest rows of each of some queries, by a search in another unit; nothing if there is no such unit.
std::optional<std::vector<Index>> nearest_in_unit(const Queries& queries, const std::vector<Index>& some, Index k,
                                                  const Threads& threads) {
  const Matrix rows = queries.rows(some, Eigen::all);
  const double unit = linalg::unit_of(std::max(queries.reference.cwiseAbs().maxCoeff(), rows.cwiseAbs().maxCoeff()));
  if (unit == 1) return std::nullopt;
  std::optional<Matrix> reference = measured(queries.reference, unit), asked = measured(rows, unit);
  if (!reference || !asked) return std::nullopt;
  const NeighborIndex index(std::move(*reference), threads, queries.kernel);
  if (!queries.leave_one_out) return index.nearest(*asked, k, threads).index;
  const std::vector<Index> all = index.nearest_other(k, threads).index;
  std::vector<Index> found;
  for (const Index q : some) found.insert(found.end(), all.begin() + q * k, all.begin() + (q + 1) * k);
  return found;
}

/// Sets all lengths to the roots of the squares.
template <class Lists>
void take_lengths(Lists& lists) {
  for (const double squared : lists.squared) lists.lengths.push_back(std::sqrt(squared));
}

template <class Lists>
void put(const WideCandidate& found, Index place, Lists& lists) {
  const auto at = static_cast<std::size_t>(place);
  lists.index[at] = found.second;
  lists.squared[at] = found.first.value();
  lists.lengths[at] = found.first.root();
}

}  // namespace

void mend_nearest(const Queries& queries, NeighborLists& lists, const Threads& threads) {
  const std::vector<Index> some = doubtful_queries(queries, lists, threads);
  if (some.empty()) return;
  take_lengths(lists);
  const Index k = lists.k;
  const std::optional<std::vector<Index>> found = nearest_in_unit(queries, some, k, threads);
  threads.for_tiles(static_cast<Index>(some.size()), [&](Index i) {
    const Index q = some[static_cast<std::size_t>(i)];
    const std::vector<Index> nearest =
        found ? std::vector<Index>(found->begin() + i * k, found->begin() + (i + 1) * k) : nearest_of(queries, q, k);
    for (Index j = 0; j < k; ++j) {
      const Index id = nearest[static_cast<std::size_t>(j)];
      put({square_of(queries, q, id), id}, q * k + j, lists);
    }
  });
}

void mend_within(const Queries& queries, RangeLists& lists) {
  for (Index q = 0; q < lists.size(); ++q) {
    const Index begin = lists.start[static_cast<std::size_t>(q)], end = lists.start[static_cast<std::size_t>(q) + 1];
    std::vector<WideCandidate> found;
    bool doubtful = false;
    for (Index s = begin; s < end && !doubtful; ++s) {
      const auto at = static_cast<std::size_t>(s);
      doubtful = is_doubtful(queries, lists.first + q, lists.index[at], lists.squared[at]);
    }
    if (!doubtful) continue;
    if (lists.lengths.empty()) take_lengths(lists);
    for (Index s = begin; s < end; ++s) {
      const Index id = lists.index[static_cast<std::size_t>(s)];
      found.emplace_back(square_of(queries, lists.first + q, id), id);
    }
    std::sort(found.begin(), found.end());
    for (Index s = begin; s < end; ++s) put(found[static_cast<std::size_t>(s - begin)], s, lists);
  }
}

}  // namespace maha::neighbors
