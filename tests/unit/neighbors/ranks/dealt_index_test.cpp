/// The search over ranks finds what the search among all rows finds.

#include "neighbors/ranks/dealt_index.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/neighbors/brute_force.hpp"
#include "unit/neighbors/hard_rows.hpp"
#include "unit/rank_threads.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

/// What a search came to, with distances beside squares.
struct Answers {
  std::vector<Index> start{0}, row;
  std::vector<double> squared, distance;
  bool operator==(const Answers&) const = default;

  template <class Lists>
  void take(const Lists& lists) {
    for (std::size_t s = 0; s < lists.index.size(); ++s) {
      row.push_back(lists.index[s]);
      squared.push_back(lists.squared[s]);
      distance.push_back(lists.distance(s));
    }
  }
};

Answers answers_of(const NeighborLists& lists) {
  Answers all;
  all.take(lists);
  return all;
}

RangeVisitor into(Answers& all) {
  return [&all](const RangeLists& lists) {
    REQUIRE(lists.first == std::ssize(all.start) - 1);
    for (Index q = 0; q < lists.size(); ++q) {
      const auto at = static_cast<std::size_t>(q);
      all.start.push_back(all.start.back() + lists.start[at + 1] - lists.start[at]);
    }
    all.take(lists);
  };
}

/// All that can be asked of rows: for the k nearest and within the distance of the third.
struct Searches {
  Answers nearest, other, within, within_other;
  bool operator==(const Searches&) const = default;
};

template <class AnIndex>
Searches searches(const AnIndex& index, const Matrix& Q, Index k, const Radius& radius) {
  Searches all;
  all.nearest = answers_of(index.nearest(Q, k));
  all.other = answers_of(index.nearest_other(k));
  index.within_radius(Q, radius, into(all.within));
  index.within_radius_of_others(radius, into(all.within_other));
  return all;
}

Matrix dealt(Matrix X, const Ranks& ranks) {
  Deal(ranks).keep_own(X, 0);
  return X;
}

}  // namespace

TEST_CASE("dealt rows: each has one rank, and its number among all") {
  for (const int count : {1, 2, 3, 5}) {
    for (const Index n : {1, 63, 64, 65, 128, 500}) {
      std::vector<Index> times(static_cast<std::size_t>(n), 0);
      for (int rank = 0; rank < count; ++rank) {
        const Deal deal(rank, count);
        for (Index i = 0; i < deal.own(n); ++i) {
          CHECK(deal.is_own(deal.number(i)));
          CHECK(deal.own(deal.number(i)) == i);
          ++times.at(static_cast<std::size_t>(deal.number(i)));
        }
      }
      CHECK(times == std::vector<Index>(times.size(), 1));
    }
  }
}

TEST_CASE("a search over ranks finds what one among all rows finds, on difficult rows of every kind") {
  Random random(11);
  for (int kind = 0; kind < kKinds; ++kind) {
    const Index n = kind % 3 == 0 ? 50 : 330, d = 1 + kind % 7;
    const Matrix X = rows_of(random, static_cast<Kind>(kind), n, d),
                 Q = rows_of(random, static_cast<Kind>(kind), 40, d);
    const NeighborIndex index(X);
    const NeighborLists near = index.nearest_other(3);
    const Radius radius{near.distance(2), false};
    const Searches expected = searches(index, Q, 4, radius);
    REQUIRE(expected.other.row.size() == static_cast<std::size_t>(4 * n));
    REQUIRE(!expected.within_other.row.empty());
    for (const int count : {1, 2, 3, 6}) {
      CAPTURE(kind);
      CAPTURE(count);
      test::on_ranks(count, [&](const Ranks& ranks) {
        const DealtIndex over_ranks(dealt(X, ranks), n, ranks);
        const Searches found = searches(over_ranks, Q, 4, radius);
        if (ranks.is_first() != (found == expected)) throw std::logic_error("found something else");
        if (!ranks.is_first() && !(found == Searches()))
          throw std::logic_error("found something beside the first rank");
      });
    }
  }
}

TEST_CASE("a search over ranks: as many neighbours as there are other rows, and more than a rank has") {
  Random random(5);
  const Matrix X = rows_of(random, kTies, 150, 2);
  const NeighborIndex index(X);
  test::on_ranks(3, [&](const Ranks& ranks) {
    const DealtIndex over_ranks(dealt(X, ranks), 150, ranks);
    const NeighborLists found = over_ranks.nearest_other(149);
    if (ranks.is_first() && !same(found, index.nearest_other(149))) throw std::logic_error("found something else");
  });
}

TEST_CASE("a search over ranks that finds too much for one block of queries asks for fewer at a time") {
  const Matrix X = Matrix::Zero(1200, 1);  // 600 of 1024 queries on each rank, more than it holds
  const Radius radius{0, false};
  test::on_ranks(2, [&](const Ranks& ranks) {
    const DealtIndex over_ranks(dealt(X, ranks), 1200, ranks);
    Index largest = 0, next = 0, pairs = 0;
    over_ranks.within_radius_of_others(radius, [&](const RangeLists& found) {
      largest = std::max(largest, found.size());
      if (found.first != next) throw std::logic_error("a block is missing");
      next += found.size();
      pairs += std::ssize(found.index);
    });
    if (!ranks.is_first()) return;
    if (pairs != Index{1200} * 1199 || next != 1200 || largest >= 1024) throw std::logic_error("found something else");
  });
}

TEST_CASE("a search over ranks sends what its documentation counts") {
  Random random(3);
  const Index n = 256, d = 5, m = 10, k = 3;
  const Matrix X = rows_of(random, kGaussian, n, d), Q = rows_of(random, kGaussian, m, d);
  for (const int count : {2, 4}) {
    const auto search = [&](const std::function<void(const DealtIndex&)>& ask) {
      return test::on_ranks(count, [&](const Ranks& ranks) { ask(DealtIndex(dealt(X, ranks), n, ranks)); });
    };
    const auto others = static_cast<std::size_t>(count - 1);
    const auto starts = [](Index queries) { return 8 * static_cast<std::size_t>(queries + 1); };
    CHECK(search([&](const DealtIndex& index) { index.nearest(Q, k); }) == others * (24 * m * k + starts(m)));
    CHECK(search([&](const DealtIndex& index) { index.nearest_other(k); }) ==
          others * (8 * n * d + 24 * n * k + starts(n)));
  }
}

TEST_CASE("a search over ranks refuses what one among all rows refuses, and rows that were dealt otherwise") {
  const Matrix X = Matrix::Random(100, 2);
  const std::string refusal = test::refusal<InputError>([&] { NeighborIndex(X).nearest_other(100); });
  test::on_ranks(2, [&](const Ranks& ranks) {
    const DealtIndex over_ranks(dealt(X, ranks), 100, ranks);
    if (test::refusal<InputError>([&] { over_ranks.nearest_other(100); }) != refusal) throw std::logic_error("another");
    const std::string of_few = test::refusal<InputError>([&] { DealtIndex(X.topRows(10), 100, ranks); });
    if (of_few.find("a rank has 10, not") == std::string::npos) throw std::logic_error("another");
  });
}
