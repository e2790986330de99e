#include "learn/kissme/kissme.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/learn/two_kinds_of_pairs.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

Fit difference_of(const RowsAndPairs& e, const kissme::KissmeOptions& options = {}) {
  return kissme::fit_kissme({.X = e.X, .pairs = e.pairs}, options);
}

SquareMatrix inverse(const SquareMatrix& A) {
  const linalg::Eigenpairs pairs = linalg::eigenpairs(A);
  return pairs.vectors * pairs.values.cwiseInverse().asDiagonal() * pairs.vectors.transpose();
}

}  // namespace

TEST_CASE("kissme: M is S^-1 - D^-1 without its negative eigenvalues, whose share is told") {
  const RowsAndPairs e = test::two_kinds_of_pairs(80, 5, 300, 1);
  const SquareMatrix N = inverse(test::mean_square(e, true)) - inverse(test::mean_square(e, false));
  const linalg::Eigenpairs pairs = linalg::eigenpairs(N);
  REQUIRE(pairs.values[0] < 0);  // otherwise nothing is cut
  const Fit fit = difference_of(e);
  const SquareMatrix M = fit.linear().matrix();
  const SquareMatrix expected = pairs.vectors * pairs.values.cwiseMax(0).asDiagonal() * pairs.vectors.transpose();
  CHECK((M - expected).norm() <= 1e-11 * expected.norm());
  CHECK(number(fit, "cut") ==
        doctest::Approx(-pairs.values.cwiseMin(0).sum() / pairs.values.cwiseAbs().sum()).epsilon(1e-9));
  CHECK(number(fit, "rank") == (pairs.values.array() > 0).count());
  CHECK(fit.warnings.empty());
}

TEST_CASE("kissme: of one feature it is 1 / s - 1 / d, or 0 where similar pairs differ by more") {
  const Matrix X{{0.0}, {1.0}, {3.0}};
  const Fit fit = difference_of({X, {{0, 1, true}, {0, 2, false}}});
  CHECK(fit.linear().diagonal()[0] == doctest::Approx(1 - 1.0 / 9).epsilon(1e-14));
  const Fit none = difference_of({X, {{0, 1, false}, {0, 2, true}}});
  CHECK(none.linear().rank() == 0);
  CHECK(number(none, "cut") == 1);
}

TEST_CASE("kissme: rotations, offsets, the unit and the order of pairs change no distance") {
  const RowsAndPairs e = test::two_kinds_of_pairs(50, 4, 150, 2);
  const SquareMatrix D = test::row_distances(difference_of(e), e.X);
  const auto change = [&](const RowsAndPairs& other) {
    return (test::row_distances(difference_of(other), other.X) - D).cwiseAbs().maxCoeff() / D.maxCoeff();
  };
  const SquareMatrix Q = linalg::orthonormal(SquareMatrix(test::random_rows(4, 4, 3)));
  CHECK(change({e.X * Q, e.pairs}) <= 1e-10);
  CHECK(change({e.X.array() + 1e6, e.pairs}) <= 1e-7);
  CHECK(change({e.X * 0x1p300, e.pairs}) <= 1e-11);
  CHECK(change({e.X, Pairs(e.pairs.rbegin(), e.pairs.rend())}) <= 1e-11);
}

TEST_CASE("kissme: a singular scatter gets a ridge, which is said; directions without differences get no weight") {
  RowsAndPairs e = test::two_kinds_of_pairs(40, 4, 100, 4);
  for (Pair& pair : e.pairs) pair.similar = false;
  e.pairs[0].similar = e.pairs[1].similar = true;  // two similar pairs in four dimensions
  const Fit fit = difference_of(e);
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  CHECK(number(fit, "ridge") == 1e-3);
  CHECK(difference_of(e, {.ridge = 0.1}).warnings.empty());
  CHECK_THROWS_WITH_AS(difference_of(e, {.ridge = 1e-20}),
                       "a scatter is singular in spite of its ridge: it wants a larger --ridge, or none", InputError);

  const RowsAndPairs plain = test::two_kinds_of_pairs(40, 3, 100, 5);
  RowsAndPairs more{Matrix(40, 4), plain.pairs};
  more.X << plain.X, Vector::Constant(40, 3);
  CHECK((test::row_distances(difference_of(more), more.X) - test::row_distances(difference_of(plain), plain.X))
            .cwiseAbs()
            .maxCoeff() <= 1e-9);
  const Matrix unlike{{1e6, 1, 1.68e10}, {1e6, 1, 8e8}, {3e151, 31001, 3e9}, {3e151, 31001, 3e9}, {1e6, 8001, 3e9}};
  CHECK_THROWS_WITH_AS(difference_of({unlike, {{2, 3, true}, {0, 4, false}, {0, 1, false}}}),
                       "a scatter is singular in spite of a ridge: the features are too unlike; --standardize",
                       InputError);
  CHECK(difference_of({Matrix::Constant(3, 2, 0.1), {{0, 1, true}, {1, 2, false}}}).linear().rank() == 0);
}
