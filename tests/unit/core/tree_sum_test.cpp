#include "core/machine/tree_sum.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;

namespace {

constexpr Index kTile = 3;

/// Numbers of very different size, so that any other order of the sum shows in its bits.
Vector leaf(Index begin, Index end) {
  Random random(static_cast<std::uint64_t>(begin + 1));
  return Vector{
      {std::ldexp(random.uniform() - 0.5, static_cast<int>(random.below(60))), static_cast<double>(end - begin)}};
}

/// As it is defined: the leaves of the largest power of two that is less, and the rest.
Vector by_definition(Index first, Index last, Index n) {
  if (last - first == 1) return leaf(first * kTile, std::min(n, last * kTile));
  Index half = 1;
  while (2 * half < last - first) half *= 2;
  return by_definition(first, first + half, n) + by_definition(first + half, last, n);
}

}  // namespace

TEST_CASE("a sum by a tree has the same bits on any number of ranks and threads, those of its definition") {
  for (const Index n : {1, 3, 4, 9, 20, 50, 191, 192, 500}) {
    const Vector expected = by_definition(0, (n + kTile - 1) / kTile, n);
    for (const int count : {1, 2, 3, 4, 5, 8}) {
      for (const int threads : {1, 3}) {
        CAPTURE(n);
        CAPTURE(count);
        test::on_ranks(count, [&](const Ranks& ranks) {
          const auto sum =
              tree_sum(n, kTile, Threads(threads), ranks, Vector(Vector::Zero(2)), leaf, [] { return true; });
          if (*sum != expected) throw std::logic_error("another sum");
        });
      }
    }
  }
}

TEST_CASE("a sum by a tree over nothing is zero, and one that is stopped is none") {
  const Vector zero = Vector::Zero(2);
  CHECK(*tree_sum(Index{0}, kTile, Threads(), alone(), zero, leaf, [] { return true; }) == zero);
  for (const int count : {1, 3}) {
    test::on_ranks(count, [&](const Ranks& ranks) {
      int asked = 0;  // once for 64 tiles of the largest share
      const auto sum = tree_sum(Index{3000}, kTile, Threads(), ranks, zero, leaf, [&] { return ++asked < 4; });
      if (sum || asked != 4) throw std::logic_error("was not stopped");
    });
  }
}

TEST_CASE("a sum by a tree: each rank works out its share, and sends a few parts") {
  std::vector<Index> tiles(4, 0);
  const Index n = 300 * kTile;
  const std::size_t sent = test::on_ranks(4, [&](const Ranks& ranks) {
    const auto count_tiles = [&](Index begin, Index end) -> Vector {
      ++tiles[static_cast<std::size_t>(ranks.rank())];
      return leaf(begin, end);
    };
    tree_sum(n, kTile, Threads(), ranks, Vector(Vector::Zero(2)), count_tiles, [] { return true; });
  });
  CHECK(tiles == std::vector<Index>(4, 75));
  CHECK(sent <= 3 * (2 * 9 * (16 + 16) + 8 + 16));  // nodes with their places, a count and the sum
}
