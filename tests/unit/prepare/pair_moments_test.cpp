#include "prepare/pairs/pair_moments.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "unit/dataset.hpp"
#include "unit/orthogonal.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

Pairs all_pairs(const Labels& y) {
  Pairs pairs;
  for_each_pair(y, [&](const Pair& pair) { pairs.push_back(pair); });
  return pairs;
}

/// Over the features, whatever the basis.
SquareMatrix over_features(const SquareMatrix& S, const PairMoments& of) {
  return of.unit * of.unit * (of.basis.transpose() * S * of.basis);
}

void check_same(const Matrix& X, const Labels& y) {
  const PairMoments sums = class_moments(X, y), listed = pair_moments(X, all_pairs(y));
  CHECK(sums.similar_pairs == listed.similar_pairs);
  CHECK(sums.dissimilar_pairs == listed.dissimilar_pairs);
  CHECK(sums.basis.rows() == listed.basis.rows());
  const SquareMatrix S = over_features(listed.similar, listed), D = over_features(listed.dissimilar, listed);
  CHECK((over_features(sums.similar, sums) - S).norm() <= 1e-13 * S.norm());
  CHECK((over_features(sums.dissimilar, sums) - D).norm() <= 1e-13 * D.norm());
}

/// Each row with the next ones, similar or not in turn.
Pairs steps(Index n) {
  Pairs pairs;
  for (Index i = 0; i + 2 < n; ++i) {
    pairs.push_back({i, i + 1, true});
    pairs.push_back({i, i + 2, false});
  }
  return pairs;
}

}  // namespace

TEST_CASE("pair moments: sums over classes are those over all pairs, listed") {
  const Dataset iris = read_dataset("iris");
  Labels y = iris.y;
  y[3] = 7, y[60] = 7, y[140] = 9;  // ids without rows, and a class of one row
  check_same(iris.X, y);
  check_same(iris.X * 0x1p-300, y);
  const Matrix wide = test::random_rows(9, 20, 1);
  check_same(wide, {0, 0, 1, 1, 1, 2, 2, 2, 2});
  check_same(wide, {0, 0, 1, 2, 3, 4, 5, 6, 7});
  Matrix apart = test::random_rows(30, 3, 2);
  apart.array() += 1e6;
  check_same(apart, Labels(iris.y.begin() + 35, iris.y.begin() + 65));
}

TEST_CASE("pair moments: few rows that depend on each other span no more than they do") {
  const Matrix X = test::random_rows(9, 4, 4) * test::random_rows(4, 20, 5);
  const Labels y = {0, 0, 1, 1, 1, 2, 2, 2, 2};
  CHECK(pair_moments(X, all_pairs(y)).basis.rows() == 4);
  check_same(X, y);
}

TEST_CASE("pair moments: in the white basis their mean is the identity, and they are those of the basis before") {
  const Dataset wine = read_dataset("wine");
  for (const bool by_class : {true, false}) {
    const auto moments = [&](PairBasis basis) {
      return by_class ? class_moments(wine.X, wine.y, Threads(), basis)
                      : pair_moments(wine.X, draw_pairs(wine.y, 300, 500, 1), Threads(), basis);
    };
    const PairMoments plain = moments(PairBasis::orthonormal), white = moments(PairBasis::white);
    const Index r = white.basis.rows();
    REQUIRE(r == 13);
    CHECK(((white.similar + white.dissimilar) / 2 - SquareMatrix::Identity(r, r)).norm() <= 1e-10);
    const Matrix P = white.basis * plain.basis.transpose();
    CHECK((P * plain.similar * P.transpose() - white.similar).norm() <= 1e-10);
  }
}

TEST_CASE("pair moments: classes without a pair of either kind are refused") {
  const Matrix X = test::random_rows(4, 2, 3);
  CHECK(test::refusal<InputError>([&] {
          class_moments(X, {0, 1, 2, 3});
        }) == "no class has two rows: there is no similar pair");
  CHECK(test::refusal<InputError>([&] {
          class_moments(X, {1, 1, 1, 1});
        }) == "all 4 rows are of one class: there is no dissimilar pair");
  CHECK_THROWS_AS(class_moments(X, {0, 1}), InputError);
}

TEST_CASE("moments of pairs: few rows of many features have as many directions as they differ in, whatever the units") {
  const Matrix X = test::random_rows(20, 3, 1);
  const PairMoments narrow = pair_moments(X, steps(20));
  const PairMoments wide = pair_moments(X * test::random_turn(3, 40, 2), steps(20));
  REQUIRE(wide.basis.rows() == 3);
  CHECK((wide.basis * wide.basis.transpose() - SquareMatrix::Identity(3, 3)).norm() <= 1e-13);
  const Vector expected = linalg::eigenvalues(narrow.similar);
  CHECK((linalg::eigenvalues(wide.similar) - expected).norm() <= 1e-12 * expected.norm());

  Matrix units = Matrix::Zero(20, 40);
  units.leftCols(3) = X;
  units.col(1) *= 1e-9;
  CHECK(pair_moments(units, steps(20)).basis.rows() == 3);
  CHECK(pair_moments(Matrix::Constant(20, 40, 0.1), steps(20)).basis.rows() == 0);
}

TEST_CASE("moments of pairs: without weights they are means") {
  for (const Index d : {3, 40}) {
    const Matrix X = test::random_rows(20, d, 3);
    const Pairs pairs = steps(20);
    const PairMoments means = pair_moments(X, pairs);
    CHECK(means.similar_pairs == 18);
    Vector weights(36);
    for (Index p = 0; p < 36; ++p) weights[p] = p % 2 == 0 ? 1 / 18.0 : 3 / 18.0;
    const PairMoments weighted = pair_moments(X, pairs, Threads(), PairBasis::orthonormal, weights);
    CHECK((weighted.similar - means.similar).norm() <= 1e-13 * means.similar.norm());
    CHECK((weighted.dissimilar - 3 * means.dissimilar).norm() <= 1e-13 * means.dissimilar.norm());
  }
}
