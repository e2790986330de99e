#include "core/team.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;

namespace {

constexpr Index kInTile = 3;

/// Numbers of very different size, so that any other order of the sum shows in its bits.
SquareMatrix part(Index begin, Index end) {
  Random random(static_cast<std::uint64_t>(begin + 1));
  SquareMatrix numbers(70, 70);  // more than a thread adds up at a time
  for (double& x : numbers.reshaped()) {
    x = std::ldexp(random.uniform() - 0.5, static_cast<int>(random.below(60))) * static_cast<double>(end - begin);
  }
  return numbers;
}

SquareMatrix one_after_the_other(Index n, SquareMatrix sum) {
  for (Index begin = 0; begin < n; begin += kInTile) sum += part(begin, std::min(n, begin + kInTile));
  return sum;
}

}  // namespace

TEST_CASE("a team: a sum is that of its tiles one after the other, to the bit, on any number of ranks and threads") {
  const SquareMatrix start = part(-9, -8);
  for (const Index n : {0, 1, 3, 4, 9, 191, 192, 193, 500}) {
    const SquareMatrix expected = one_after_the_other(n, start);
    for (const int count : {1, 2, 3, 4, 5}) {
      for (const int threads : {1, 3}) {
        CAPTURE(n);
        CAPTURE(count);
        test::on_ranks(count, [&](const Ranks& ranks) {
          SquareMatrix sum = start;
          Team(Threads(threads), ranks).sum_ranges(n, kInTile, sum, part);
          if (sum != expected) throw std::logic_error("another sum");
        });
      }
    }
  }
}

TEST_CASE("a team: for a sum ranks work out as many tiles, few at a time, and send the sum once a turn") {
  for (const auto& counts : {std::pair(320, 8), std::pair(64, 4), std::pair(3, 3)}) {
    const int tiles = counts.first, turns = counts.second;
    std::vector<Index> worked(4, 0);
    const std::size_t sent = test::on_ranks(4, [&](const Ranks& ranks) {
      Vector sum = Vector::Zero(10);
      Team(Threads(), ranks).sum_ranges(tiles * kInTile, kInTile, sum, [&](Index, Index) -> Vector {
        ++worked[static_cast<std::size_t>(ranks.rank())];
        return Vector::Ones(10);
      });
      if (sum != Vector::Constant(10, tiles)) throw std::logic_error("another sum");
    });
    const Index share = tiles / 4;
    CHECK(worked == (tiles == 3 ? std::vector<Index>{1, 1, 1, 0} : std::vector<Index>(4, share)));
    CHECK(sent == static_cast<std::size_t>(turns - 1 + 3) * 80);
  }
}

TEST_CASE("a team: a sum of numbers is one as well") {
  double expected = 1;
  for (const double x : {0.1, 1e17, 0.3, -1e17, 0.7}) expected += x;
  for (const int count : {1, 2, 4}) {
    test::on_ranks(count, [&](const Ranks& ranks) {
      double sum = 1;
      Team(Threads(), ranks).sum_ranges(5, 1, sum, [](Index i, Index) {
        return Vector{{0.1, 1e17, 0.3, -1e17, 0.7}}[i];
      });
      if (sum != expected) throw std::logic_error("another sum");
    });
  }
}

TEST_CASE("a team: values that ranks fill by tiles come to all, each worked out once") {
  for (const Index n : {0, 1, 7, 100}) {
    for (const int count : {1, 2, 3, 4}) {
      std::vector<Index> filled(static_cast<std::size_t>(count), 0);
      const std::size_t sent = test::on_ranks(count, [&](const Ranks& ranks) {
        Vector values(n);
        Team(Threads(), ranks).fill(values, kInTile, [&](Index begin, Index end) {
          if (end - begin > kInTile || begin % kInTile != 0) throw std::logic_error("no tile");
          filled[static_cast<std::size_t>(ranks.rank())] += end - begin;
          for (Index i = begin; i < end; ++i) values[i] = std::sqrt(static_cast<double>(i));
        });
        for (Index i = 0; i < n; ++i) {
          if (values[i] != std::sqrt(static_cast<double>(i))) throw std::logic_error("another value");
        }
      });
      Index all = 0;
      for (const Index own : filled) all += own;
      CHECK(all == n);
      CHECK(sent == static_cast<std::size_t>(8 * n * (count - 1)));
    }
  }
}

TEST_CASE("a team: numbers of few terms are not shared, as the first rank says for all") {
  test::on_ranks(3, [&](const Ranks& ranks) {
    const Team team(Threads(1 + ranks.rank()), ranks);
    if (team.for_numbers_of(16).ranks().count() != 3) throw std::logic_error("not shared");
    if (team.for_numbers_of(15).ranks().count() != 1) throw std::logic_error("shared");
  });
}
