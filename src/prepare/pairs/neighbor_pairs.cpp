#include "prepare/pairs/neighbor_pairs.hpp"

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include "core/rows_by_class.hpp"
#include "neighbors/index.hpp"

namespace maha::prepare {
namespace {

using RowList = std::vector<Index>;

struct Found {
  double squared, distance;  // the latter decides where squares are out of range
  Index row;
  bool operator<(const Found& other) const {
    return std::tie(squared, distance, row) < std::tie(other.squared, other.distance, other.row);
  }
};

/// What was found for each row so far, nearest first and at most k.
using FoundByRow = std::vector<std::vector<Found>>;

/// Adds what was found for the rows `from` among the rows `among`, both in ascending order.
void add_found(const neighbors::NeighborLists& lists, const RowList& from, const RowList& among, Index k,
               FoundByRow& all) {
  const auto width = static_cast<std::size_t>(lists.k), most = static_cast<std::size_t>(k);
  for (std::size_t q = 0; q < from.size(); ++q) {
    std::vector<Found>& own = all[static_cast<std::size_t>(from[q])];
    for (std::size_t s = q * width; s < (q + 1) * width; ++s)
      own.push_back({lists.squared[s], lists.distance(s), among[static_cast<std::size_t>(lists.index[s])]});
    std::sort(own.begin(), own.end());
    if (own.size() > most) own.resize(most);
  }
}

FoundByRow find_friends(const MatrixRef& X, const std::vector<RowList>& classes, Index k, const Threads& threads) {
  FoundByRow all(static_cast<std::size_t>(X.rows()));
  for (const RowList& rows : classes) {
    if (rows.size() < 2) continue;
    const neighbors::NeighborIndex index(X(rows, Eigen::all), threads);
    add_found(index.nearest_other(std::min<Index>(k, std::ssize(rows) - 1), threads), rows, rows, k, all);
  }
  return all;
}

void search(const MatrixRef& X, const RowList& from, const RowList& among, Index k, FoundByRow& all,
            const Threads& threads) {
  const neighbors::NeighborIndex index(X(among, Eigen::all), threads);
  const Index most = std::min<Index>(k, std::ssize(among));
  add_found(index.nearest(X(from, Eigen::all), most, threads), from, among, k, all);
}

RowList rows_of(std::span<const RowList> classes) {
  RowList rows;
  for (const RowList& some : classes) rows.insert(rows.end(), some.begin(), some.end());
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// How many of the classes, at least one and not all, have about half of their rows.
std::size_t half_of(std::span<const RowList> classes) {
  std::size_t all = 0, count = 1;
  for (const RowList& rows : classes) all += rows.size();
  for (std::size_t seen = classes[0].size(); count + 1 < classes.size(); ++count) {
    seen += classes[count].size();
    if (2 * seen > all) break;
  }
  return count;
}

/// Any two classes lie in different halves at exactly one level of halving, where their rows are compared.
void find_enemies(const MatrixRef& X, std::span<const RowList> classes, Index k, FoundByRow& all,
                  const Threads& threads) {
  if (classes.size() < 2) return;
  const std::size_t half = half_of(classes);
  const RowList left = rows_of(classes.first(half)), right = rows_of(classes.subspan(half));
  search(X, left, right, k, all, threads);
  search(X, right, left, k, all, threads);
  find_enemies(X, classes.first(half), k, all, threads);
  find_enemies(X, classes.subspan(half), k, all, threads);
}

}  // namespace

Pairs neighbor_pairs(const MatrixRef& X, const Labels& y, Index friends, Index enemies, const Threads& threads) {
  std::vector<RowList> classes = rows_by_class(y);
  std::erase_if(classes, [](const RowList& rows) { return rows.empty(); });
  const FoundByRow near = find_friends(X, classes, friends, threads);
  FoundByRow far(near.size());
  find_enemies(X, classes, enemies, far, threads);
  Pairs pairs;
  for (std::size_t i = 0; i < near.size(); ++i) {
    for (const Found& found : near[i]) pairs.push_back({static_cast<Index>(i), found.row, true});
    for (const Found& found : far[i]) pairs.push_back({static_cast<Index>(i), found.row, false});
  }
  return pairs;
}

}  // namespace maha::prepare
