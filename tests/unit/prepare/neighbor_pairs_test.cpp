#include "prepare/pairs/neighbor_pairs.hpp"

#include <doctest/doctest.h>

#include "core/random.hpp"
#include "unit/nearest_rows.hpp"
#include "unit/random_rows.hpp"

using namespace maha;

namespace {

/// The same, by comparing every row with all.
Pairs compared(const Matrix& X, const Labels& y, Index friends, Index enemies) {
  Pairs pairs;
  for (Index i = 0; i < X.rows(); ++i) {
    for (const Index j : test::nearest_rows(X, y, i, true, friends)) pairs.push_back({i, j, true});
    for (const Index j : test::nearest_rows(X, y, i, false, enemies)) pairs.push_back({i, j, false});
  }
  return pairs;
}

Labels random_labels(Index n, Index classes, std::uint64_t seed) {
  Random random(seed);
  Labels y(static_cast<std::size_t>(n));
  for (int& label : y) label = static_cast<int>(random.below(classes));
  return y;
}

}  // namespace

TEST_CASE("pairs of neighbours are those that comparing all rows finds, for few classes and for many") {
  for (const Index classes : {2, 3, 5, 26, 60}) {
    CAPTURE(classes);
    const Matrix X = test::random_rows(150, 4, 1);
    const Labels y = random_labels(150, classes, 2);
    CHECK(prepare::neighbor_pairs(X, y, 3, 2) == compared(X, y, 3, 2));
    CHECK(prepare::neighbor_pairs(X, y, 3, 2, Threads(3)) == compared(X, y, 3, 2));
  }
}

TEST_CASE("pairs of neighbours at equal distance are ranked by row number, across classes too") {
  const Matrix X = (3 * test::uniform_rows(120, 2, 3)).array().floor();
  const Labels y = random_labels(120, 7, 4);
  CHECK(prepare::neighbor_pairs(X, y, 4, 6) == compared(X, y, 4, 6));
}

TEST_CASE("pairs of neighbours: a row has fewer of them where there are fewer") {
  const Matrix X{{0.0}, {1.0}, {2.0}, {7.0}};
  const Pairs all{{0, 1, true}, {0, 2, true}, {0, 3, false}, {1, 0, true},  {1, 2, true},  {1, 3, false},
                  {2, 1, true}, {2, 0, true}, {2, 3, false}, {3, 2, false}, {3, 1, false}, {3, 0, false}};
  CHECK(prepare::neighbor_pairs(X, {5, 5, 5, 2}, 9, 9) == all);  // ids need not follow each other
  CHECK(prepare::neighbor_pairs(X, {0, 0, 0, 0}, 1, 1) ==
        Pairs{{0, 1, true}, {1, 0, true}, {2, 1, true}, {3, 2, true}});
}
