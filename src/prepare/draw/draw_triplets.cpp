#include "prepare/draw/draw_triplets.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <string>

#include "core/error.hpp"
#include "core/random.hpp"
#include "prepare/draw/pair_ranks.hpp"

namespace maha::prepare {
namespace {

constexpr Index kBeyond = std::numeric_limits<Index>::max();  // stands for all numbers from it upwards

Index product(Index a, Index b) {
  Index result = 0;
  return __builtin_mul_overflow(a, b, &result) ? kBeyond : result;
}

Index sum(Index a, Index b) { return a > kBeyond - b ? kBeyond : a + b; }

/// The triplets whose anchor is of class c.
Index triplets_of(const PairRanks& rows, Index c) {
  return product(product(rows.size(c), rows.size(c) - 1), rows.count() - rows.size(c));
}

/// Class by class, then by anchor, near and far.
Triplet triplet(const PairRanks& rows, Index rank) {
  Index c = 0;
  for (; rank >= triplets_of(rows, c); ++c) rank -= triplets_of(rows, c);
  const Index others = rows.count() - rows.size(c), friends = rows.size(c) - 1;
  const Index far = rank % others, near = rank / others % friends, anchor = rank / others / friends;
  return {rows.row(c, anchor), rows.row(c, near < anchor ? near : near + 1), rows.row_without(c, far)};
}

Quadruplet quadruplet(const PairRanks& rows, Index similar, Index dissimilar) {
  const Pair near = rows.similar(similar), far = rows.dissimilar(dissimilar);
  return {near.i, near.j, far.i, far.j};
}

/// Items from draw() until there are so many different ones: for so many to choose from that hardly any comes twice.
template <class Item, class Draw>
std::vector<Item> draw_distinct(Index count, const Draw& draw) {
  std::set<Item> drawn;
  while (std::ssize(drawn) < count) drawn.insert(draw());
  return {drawn.begin(), drawn.end()};
}

void check_count_of(Index wanted, Index there, const std::string& what) {
  if (wanted < 0) throw InputError("the number of " + what + " must be at least 0");
  if (wanted <= there) return;
  throw InputError(std::to_string(wanted) + " " + what + " are wanted: there are " + std::to_string(there));
}

}  // namespace

Index count_triplets(const Labels& y) {
  const PairRanks rows(y);
  Index count = 0;
  for (Index c = 0; c < rows.classes(); ++c) count = sum(count, triplets_of(rows, c));
  return count;
}

Triplets draw_triplets(const Labels& y, Index count, std::uint64_t seed) {
  const Index there = count_triplets(y);
  check_count_of(count, there, "triplets");
  const PairRanks rows(y);
  Random random(seed);
  if (there == kBeyond) {
    // Of two rows of a class and any third, those whose third is of another class are equally likely.
    const Index similar = rows.counts().similar;
    return draw_distinct<Triplet>(count, [&] {
      for (;;) {
        const Pair pair = rows.similar(random.below(similar));
        const Index far = random.below(rows.count());
        const bool first = random.below(2) == 0;
        if (y[static_cast<std::size_t>(far)] == y[static_cast<std::size_t>(pair.i)]) continue;
        return first ? Triplet{pair.i, pair.j, far} : Triplet{pair.j, pair.i, far};
      }
    });
  }
  Triplets triplets;
  for (const Index rank : draw_ranks(there, count, random)) triplets.push_back(triplet(rows, rank));
  std::sort(triplets.begin(), triplets.end());
  return triplets;
}

Index count_quadruplets(const Labels& y) {
  const PairCounts pairs = count_pairs(y);
  return product(pairs.similar, pairs.dissimilar);
}

Quadruplets draw_quadruplets(const Labels& y, Index count, std::uint64_t seed) {
  const Index there = count_quadruplets(y);
  check_count_of(count, there, "quadruplets");
  const PairRanks rows(y);
  const auto [similar, dissimilar] = rows.counts();
  Random random(seed);
  if (there == kBeyond) {
    return draw_distinct<Quadruplet>(count, [&, near = similar, far = dissimilar] {
      const Index rank = random.below(near);
      return quadruplet(rows, rank, random.below(far));
    });
  }
  Quadruplets quadruplets;
  for (const Index rank : draw_ranks(there, count, random))
    quadruplets.push_back(quadruplet(rows, rank / dissimilar, rank % dissimilar));
  std::sort(quadruplets.begin(), quadruplets.end());
  return quadruplets;
}

}  // namespace maha::prepare
