#include "prepare/draw/draw_pairs.hpp"

#include <algorithm>
#include <string>

#include "core/error.hpp"
#include "core/random.hpp"
#include "neighbors/index.hpp"
#include "prepare/draw/pair_ranks.hpp"

namespace maha::prepare {
namespace {

bool by_rows(const Pair& a, const Pair& b) { return a.i != b.i ? a.i < b.i : a.j < b.j; }

void check_count(Index wanted, Index there, const char* kind) {
  if (wanted < 0) throw InputError(std::string("the number of ") + kind + " pairs must be at least 0");
  if (wanted > there) {
    throw InputError(std::to_string(wanted) + " " + kind + (wanted == 1 ? " pair is" : " pairs are") +
                     " wanted: there are " + std::to_string(there));
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
    pairs.push_back(ordered_pair(i, j, similar));
  }
}

}  // namespace

PairCounts count_pairs(const Labels& y) { return PairRanks(y).counts(); }

void for_each_pair(const Labels& y, const std::function<void(const Pair& pair)>& visit) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    for (std::size_t j = i + 1; j < y.size(); ++j) {
      visit({static_cast<Index>(i), static_cast<Index>(j), y[i] == y[j]});
    }
  }
}

Pairs draw_pairs(const Labels& y, Index similar, Index dissimilar, std::uint64_t seed) {
  const PairRanks rows(y);
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
  const PairRanks rows(y);
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
