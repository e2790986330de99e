#include "eval/pairs/pair_distances.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::eval;

TEST_CASE("distances of pairs, of one set of rows and of two") {
  const Matrix A{{0.0, 0.0}, {3.0, 4.0}}, B{{0.0, 1.0}};
  CHECK(pair_distances(A, A, {{0, 1}, {1, 0}, {1, 1}}) == Vector{{5.0, 5.0, 0.0}});
  CHECK(pair_distances(A, B, {{1, 0}})[0] == doctest::Approx(std::sqrt(18.0)));
  CHECK_THROWS_AS(pair_distances(A, Matrix::Zero(1, 3), {{0, 0}}), InputError);
}

TEST_CASE("distances of pairs have the same bits on any number of threads") {
  Random random(1);
  Matrix X(50, 7);
  for (double& x : X.reshaped()) x = random.uniform();
  Pairs pairs;
  for (int p = 0; p < 10000; ++p) pairs.push_back({random.below(50), random.below(50)});
  CHECK(pair_distances(X, X, pairs, Threads(3)) == pair_distances(X, X, pairs));
}

TEST_CASE("pair distances whose squares overflow or underflow; those that are no numbers are refused") {
  const Matrix A = (Matrix(4, 2) << 3, 4, 0, 0, 1.7e308, 0, -1.7e308, 0).finished();
  CHECK(pair_distances(A * 0x1p-900, A * 0x1p-900, {{0, 1, false}})[0] == 5 * 0x1p-900);
  CHECK(pair_distances(A.topRows(2) * 0x1p900, A.topRows(2) * 0x1p900, {{0, 1, false}})[0] == 5 * 0x1p900);
  CHECK_THROWS_WITH_AS(pair_distances(A, A, {{2, 3, false}}),
                       "the distance of pair 1 is too large for a number: it overflows", InputError);
}
