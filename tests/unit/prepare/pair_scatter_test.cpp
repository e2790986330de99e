#include "prepare/pairs/pair_scatter.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

struct Example {
  Matrix X;
  Pairs pairs;
  Vector w;
};

Example example(Index n, Index d, Index count) {
  Random random(5);
  Example e{Matrix(n, d), {}, Vector(count)};
  for (double& x : e.X.reshaped()) x = random.uniform() - 0.5;
  for (Index p = 0; p < count; ++p) {
    const Index i = random.below(n);
    e.pairs.push_back({i, (i + 1 + random.below(n - 1)) % n, random.below(2) == 1});
    e.w[p] = p % 7 == 0 ? 0 : random.uniform() - 0.3;
  }
  return e;
}

}  // namespace

TEST_CASE("the scatter of pairs is what summing their outer products gives, on any number of threads") {
  const auto [X, pairs, w] = example(40, 7, 5000);  // more than one tile, and a broken one
  SquareMatrix naive = SquareMatrix::Zero(7, 7);
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const RowVector v = X.row(pairs[p].i) - X.row(pairs[p].j);
    naive += w[static_cast<Index>(p)] * v.transpose() * v;
  }
  const SquareMatrix scatter = pair_scatter(X, pairs, w);
  CHECK((scatter - naive).norm() < 1e-12 * naive.norm());
  CHECK(scatter == scatter.transpose());
  CHECK((pair_scatter_diagonal(X, pairs, w) - naive.diagonal()).norm() < 1e-12 * naive.norm());
  for (const int count : {2, 3}) {
    CHECK(pair_scatter(X, pairs, w, Threads(count)) == scatter);
    CHECK(pair_scatter_diagonal(X, pairs, w, Threads(count)) == pair_scatter_diagonal(X, pairs, w));
  }
}

TEST_CASE("scatters and lengths of pairs have the bits of one process on any number of ranks") {
  const auto [X, pairs, w] = example(40, 17, 13000);  // seven tiles, and enough columns for lengths to be shared
  const SquareMatrix scatter = pair_scatter(X, pairs, w);
  const Vector diagonal = pair_scatter_diagonal(X, pairs, w), lengths = squared_lengths(X, pairs);
  for (const int count : {2, 3, 4}) {
    // What a lambda captures must not be a structured binding.
    test::on_ranks(count, [&, &rows = X, &of = pairs, &weights = w](const Ranks& ranks) {
      if (pair_scatter(rows, of, weights, Team(Threads(2), ranks)) != scatter)
        throw std::logic_error("another scatter");
      if (pair_scatter_diagonal(rows, of, weights, Team(Threads(2), ranks)) != diagonal)
        throw std::logic_error("another diagonal");
      if (squared_lengths(rows, of, Team(Threads(2), ranks)) != lengths) throw std::logic_error("other lengths");
    });
  }
}

TEST_CASE("squared lengths and the two kinds of pairs keep the order") {
  const auto [X, pairs, w] = example(9, 3, 50);
  const Vector lengths = squared_lengths(X, pairs);
  int faults = 0;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    faults += lengths[static_cast<Index>(p)] != (X.row(pairs[p].i) - X.row(pairs[p].j)).squaredNorm();
  }
  CHECK(faults == 0);
  const Pairs mixed = {{0, 1, true}, {1, 2, false}, {2, 3, true}};
  CHECK(pairs_with(mixed, true) == Pairs{{0, 1, true}, {2, 3, true}});
  CHECK(pairs_with(mixed, false) == Pairs{{1, 2, false}});
}

TEST_CASE("a pair of one row, or of a row that is not there, is named") {
  CHECK_NOTHROW(check_pairs({{0, 2, true}, {2, 1, false}}, 3));
  CHECK_THROWS_WITH_AS(check_pairs({{0, 2, true}, {1, 1, false}}, 3),
                       "pair 2 is of rows 2 and 2: two different rows of 1 to 3 are wanted", InputError);
  CHECK_THROWS_AS(check_pairs({{0, 3, true}}, 3), InputError);
  CHECK_THROWS_AS(check_pairs({{-1, 0, true}}, 3), InputError);
}
