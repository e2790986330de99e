#include "prepare/pairs/draw_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_set>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/rows_by_class.hpp"
#include "neighbors/index.hpp"

namespace maha::prepare {
namespace {

Index pairs_of(Index n) { return n * (n - 1) / 2; }

bool by_rows(const Pair& a, const Pair& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; }

Pair ordered(Index i, Index j, bool similar) { return {std::min(i, j), std::max(i, j), similar}; }

// Rows class by class, within a class by number. It numbers the pairs of each kind, so that a pair can be drawn by its
// number (rank).
class ByClass {
 public:
  explicit ByClass(const Labels& y) : n_(static_cast<Index>(y.size())) {
    for (const std::vector<Index>& rows : rows_by_class(y)) {
      rows_.insert(rows_.end(), rows.begin(), rows.end());
      start_.push_back(static_cast<Index>(rows_.size()));
    }
  }

  Index classes() const { return static_cast<Index>(start_.size()) - 1; }
  Index size(Index c) const { return start_[place(c + 1)] - start_[place(c)]; }

  std::vector<Index> rows(Index c) const {
    return {rows_.begin() + start_[place(c)], rows_.begin() + start_[place(c + 1)]};
  }

  std::vector<Index> rows_without(Index c) const {
    std::vector<Index> rows(rows_.begin(), rows_.begin() + start_[place(c)]);
    rows.insert(rows.end(), rows_.begin() + start_[place(c + 1)], rows_.end());
    std::sort(rows.begin(), rows.end());
    return rows;
  }

  PairCounts counts() const {
    PairCounts counts;
    for (Index c = 0; c < classes(); ++c) counts.similar += pairs_of(size(c));
    counts.dissimilar = pairs_of(n_) - counts.similar;
    return counts;
  }

  // The pairs (0,1), (0,2), (1,2), (0,3), ... of the first class, then those of the second, and so on.
  Pair similar(Index rank) const {
    Index c = 0;
    for (; rank >= pairs_of(size(c)); ++c) rank -= pairs_of(size(c));
    auto b = static_cast<Index>((1 + std::sqrt(1 + 8 * static_cast<double>(rank))) / 2);
    while (pairs_of(b) > rank) --b;  // the root may be off by rounding
    while (pairs_of(b + 1) <= rank) ++b;
    const Index first = start_[place(c)];
    return ordered(rows_[place(first + rank - pairs_of(b))], rows_[place(first + b)], true);
  }

  // Each row of the first class with all rows of later classes, then those of the second, and so on.
  Pair dissimilar(Index rank) const {
    Index c = 0;
    for (; rank >= size(c) * later(c); ++c) rank -= size(c) * later(c);
    return ordered(rows_[place(start_[place(c)] + rank / later(c))],
                   rows_[place(start_[place(c + 1)] + rank % later(c))], false);
  }

 private:
  static std::size_t place(Index i) { return static_cast<std::size_t>(i); }
  Index later(Index c) const { return n_ - start_[place(c + 1)]; }

  Index n_;
  std::vector<Index> start_{0}, rows_;
};

// k numbers of 0, ..., n - 1, every set equally likely: Floyd's algorithm (Bentley & Floyd, CACM 30:9, 1987).
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

void check_count(Index wanted, Index there, const char* kind) {
  if (wanted < 0) throw InputError(std::string("the number of ") + kind + " pairs must be at least 0");
  if (wanted > there) {
    throw InputError(std::to_string(wanted) + " " + kind + " pairs are wanted: there are " + std::to_string(there));
  }
}

[[noreturn]] void refuse_one_class(Index n) {
  throw InputError("all " + std::to_string(n) + " rows are of one class: there is no dissimilar pair");
}

// Pairs each row of `from` with its k nearest rows in `among`; for similar pairs the two lists are the same.
void add_nearest(const MatrixRef& X, const std::vector<Index>& from, const std::vector<Index>& among, Index k,
                 bool similar, const Threads& threads, Pairs& pairs) {
  const neighbors::NeighborIndex index(X(among, Eigen::all), threads);
  const neighbors::NeighborLists found =
      similar ? index.nearest_other(k, threads) : index.nearest(X(from, Eigen::all), k, threads);
  for (std::size_t e = 0; e < found.index.size(); ++e) {
    const Index i = from[e / static_cast<std::size_t>(k)], j = among[static_cast<std::size_t>(found.index[e])];
    pairs.push_back(ordered(i, j, similar));
  }
}

}  // namespace

PairCounts count_pairs(const Labels& y) { return ByClass(y).counts(); }

void for_each_pair(const Labels& y, const std::function<void(const Pair& pair)>& visit) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    for (std::size_t j = i + 1; j < y.size(); ++j) {
      visit({static_cast<Index>(i), static_cast<Index>(j), y[i] == y[j]});
    }
  }
}

Pairs draw_pairs(const Labels& y, Index similar, Index dissimilar, std::uint64_t seed) {
  const ByClass rows(y);
  const PairCounts there = rows.counts();
  check_count(similar, there.similar, "similar");
  if (dissimilar > 0 && there.dissimilar == 0) refuse_one_class(static_cast<Index>(y.size()));
  check_count(dissimilar, there.dissimilar, "dissimilar");
  Random random(seed);
  Pairs pairs;
  for (const Index rank : draw_ranks(there.similar, similar, random)) pairs.push_back(rows.similar(rank));
  for (const Index rank : draw_ranks(there.dissimilar, dissimilar, random)) pairs.push_back(rows.dissimilar(rank));
  std::sort(pairs.begin(), pairs.end(), by_rows);
  return pairs;
}

Pairs nearest_pairs(const MatrixRef& X, const Labels& y, Index k, const Threads& threads) {
  if (k < 1) throw InputError("at least one nearest row is wanted, not " + std::to_string(k));
  if (X.rows() != static_cast<Index>(y.size())) throw InputError("rows and labels differ in number");
  const ByClass rows(y);
  Pairs pairs;
  for (Index c = 0; c < rows.classes(); ++c) {
    if (rows.size(c) == 0) continue;
    if (rows.size(c) == X.rows()) refuse_one_class(X.rows());
    if (rows.size(c) <= k || X.rows() - rows.size(c) < k) {
      throw InputError("a class has " + std::to_string(rows.size(c)) + " of " + std::to_string(X.rows()) +
                       " rows: too few, in it or beside it, for " + std::to_string(k) + " nearest rows of each");
    }
    add_nearest(X, rows.rows(c), rows.rows(c), k, true, threads, pairs);
    add_nearest(X, rows.rows(c), rows.rows_without(c), k, false, threads, pairs);
  }
  std::sort(pairs.begin(), pairs.end(), by_rows);
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

}  // namespace maha::prepare
