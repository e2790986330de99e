#include "learn/xqda/xqda.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "learn/kissme/kissme.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/learn/two_kinds_of_pairs.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

Fit by_pairs(const RowsAndPairs& e, const xqda::XqdaOptions& options = {}) {
  return xqda::fit_xqda({.X = e.X, .pairs = e.pairs}, options);
}

Fit by_labels(const Matrix& X, const Labels& y, const xqda::XqdaOptions& options = {}) {
  return xqda::fit_xqda({.X = X, .y = y}, options);
}

RowsAndPairs listed(const Dataset& data) {
  RowsAndPairs e{data.X, {}};
  prepare::for_each_pair(data.y, [&](const Pair& pair) { e.pairs.push_back(pair); });
  return e;
}

SquareMatrix inverse_of(const SquareMatrix& A) {
  const linalg::Eigenpairs pairs = linalg::eigenpairs(A);
  return pairs.vectors * pairs.values.cwiseInverse().asDiagonal() * pairs.vectors.transpose();
}

double change_of(const Fit& a, const Matrix& A, const Fit& b, const Matrix& B) {
  const SquareMatrix D = test::row_distances(a, A);
  return (test::row_distances(b, B) - D).cwiseAbs().maxCoeff() / D.maxCoeff();
}

}  // namespace

TEST_CASE("xqda: M = W [(W'SW)^-1 - (W'DW)^-1] W' over the w with D w = lambda S w, lambda > 1") {
  const RowsAndPairs e = test::two_kinds_of_pairs(90, 6, 200, 1);
  const double ridge = 0.01;
  const Fit fit = by_pairs(e, {.ridge = ridge});
  const SquareMatrix D = test::mean_square(e, false), plain = test::mean_square(e, true);
  const SquareMatrix S = plain + ridge / 2 * (plain + D);
  // By the inertia of D - S, as W'(D - S)W = Lambda - I.
  const Index above = (linalg::eigenvalues(D - S).array() > 0).count();
  REQUIRE((above > 1 && above < 6));
  const Matrix L = fit.linear().factor();
  REQUIRE(L.rows() == above);
  CHECK(number(fit, "rank") == above);
  double before = 1e300;
  for (Index k = 0; k < above; ++k) {
    const Vector w = L.row(k).transpose();
    const double lambda = w.dot(D * w) / w.dot(S * w);
    CHECK((D * w - lambda * (S * w)).norm() <= 1e-11 * lambda * (S * w).norm());
    CHECK(lambda > 1);
    CHECK(lambda < before);
    before = lambda;
  }
  const SquareMatrix W = L.transpose();
  const SquareMatrix bracket = inverse_of(W.transpose() * S * W) - inverse_of(W.transpose() * D * W);
  const SquareMatrix M = W * bracket * W.transpose();
  CHECK((fit.linear().matrix() - M).norm() <= 1e-11 * M.norm());
  CHECK(number(fit, "residual") <= 1e-13);
  CHECK(number(fit, "similar") == 200);
  CHECK(fit.warnings.empty());
}

TEST_CASE("xqda: from labels it is what it is from all pairs, listed") {
  for (const char* name : {"iris", "wine"}) {
    CAPTURE(name);
    const Dataset data = read_dataset(name);
    const Fit sums = by_labels(data.X, data.y), pairs = by_pairs(listed(data));
    CHECK(number(sums, "similar") == number(pairs, "similar"));
    CHECK(number(sums, "dissimilar") == number(pairs, "dissimilar"));
    CHECK(number(sums, "residual") <= 1e-12);
    CHECK(change_of(pairs, data.X, sums, data.X) <= 1e-10);
  }
}

TEST_CASE("xqda: where every lambda is above 1 it is KISSME's difference of inverses") {
  RowsAndPairs e = test::two_kinds_of_pairs(60, 4, 200, 2);
  for (Index i = 0; i < 30; ++i) e.X.row(i) *= 0.3;  // so that similar pairs, among these, differ little
  const Fit fit = by_pairs(e, {.ridge = 1e-13}), kissme = kissme::fit_kissme({.X = e.X, .pairs = e.pairs});
  REQUIRE(number(fit, "rank") == 4);
  REQUIRE(number(kissme, "cut") == 0);
  CHECK(change_of(kissme, e.X, fit, e.X) <= 1e-11);
}

TEST_CASE("xqda: the rank keeps the largest lambda") {
  const Dataset wine = read_dataset("wine");
  const Matrix all = by_labels(wine.X, wine.y).linear().factor();
  REQUIRE(all.rows() > 1);
  const Matrix one = by_labels(wine.X, wine.y, {.rank = 1}).linear().factor();
  REQUIRE(one.rows() == 1);
  CHECK((one - all.topRows(1)).norm() <= 1e-12 * one.norm());
  CHECK(by_labels(wine.X, wine.y, {.rank = 13}).linear().rank() == all.rows());
}

TEST_CASE("xqda: no invertible linear map, offset, unit, order of rows or names of classes change a distance") {
  const Dataset wine = read_dataset("wine");
  const Fit plain = by_labels(wine.X, wine.y);
  const Matrix mapped = (wine.X * test::random_rows(13, 13, 1)).array() + 1e3;
  CHECK(change_of(plain, wine.X, by_labels(mapped, wine.y), mapped) <= 1e-8);
  const Matrix tiny = wine.X * 0x1p-300;
  CHECK(change_of(plain, wine.X, by_labels(tiny, wine.y), tiny) <= 1e-11);
  Labels named;
  for (const int c : wine.y) named.push_back(7 - 2 * c);
  CHECK(change_of(plain, wine.X, by_labels(wine.X, named), wine.X) <= 1e-11);
  const Fit turned = by_labels(wine.X.colwise().reverse(), Labels(wine.y.rbegin(), wine.y.rend()));
  CHECK(change_of(plain, wine.X, turned, wine.X) <= 1e-11);
  const RowsAndPairs e = test::two_kinds_of_pairs(50, 4, 150, 3);
  const Matrix A = test::random_rows(4, 4, 4);
  CHECK(change_of(by_pairs(e), e.X, by_pairs({e.X * A, e.pairs}), e.X * A) <= 1e-9);
  CHECK(change_of(by_pairs(e), e.X, by_pairs({e.X, Pairs(e.pairs.rbegin(), e.pairs.rend())}), e.X) <= 1e-11);
}

TEST_CASE("xqda: a constant and a dependent feature, and fewer rows than features, change nothing") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 6);
  X << iris.X, Vector::Constant(150, 3.5), iris.X.col(0) - 2 * iris.X.col(3);
  CHECK(change_of(by_labels(iris.X, iris.y), iris.X, by_labels(X, iris.y), X) <= 1e-9);
  const RowsAndPairs e = test::two_kinds_of_pairs(40, 5, 100, 5);
  const Matrix wide = e.X * test::random_rows(5, 70, 6);
  CHECK(change_of(by_pairs(e), e.X, by_pairs({wide, e.pairs}), wide) <= 1e-9);
  Labels y(40, 0);
  std::fill(y.begin() + 20, y.end(), 1);
  CHECK(change_of(by_labels(e.X, y), e.X, by_labels(wide, y), wide) <= 1e-9);
}

TEST_CASE("xqda: where only the ridge bounds a weight it is said, and it bounds it") {
  const Matrix X = test::random_rows(12, 40, 7);  // the rows of each class in general position, their means apart
  const Labels y = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};
  const Fit fit = by_labels(X, y);
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  CHECK(number(fit, "rank") == 2);
  // Rows of one class fall on one point. Where S = 0, (S + D) / 2 = I, and M = (1 / ridge - 1 / 2) I there.
  const SquareMatrix distance = test::row_distances(fit, X);
  CHECK(distance(0, 3) <= 1e-6 * distance(0, 4));
  const SquareMatrix tighter = test::row_distances(by_labels(X, y, {.ridge = 0.1}), X);
  CHECK(distance(0, 4) / tighter(0, 4) == doctest::Approx(std::sqrt((1000 - 0.5) / (10 - 0.5))).epsilon(1e-9));
  CHECK(number(by_labels(X, y, {.ridge = 1e-8}), "residual") <= 1e-6);
  CHECK_THROWS_WITH_AS(by_labels(X, y, {.ridge = 1e-14}),
                       "the scatter of the similar pairs is singular in spite of its ridge: it wants a larger --ridge",
                       InputError);
}

TEST_CASE("xqda: of one feature it is 1 / s - 1 / d, or 0 with a warning where similar pairs differ by more") {
  const Matrix X{{0.0}, {1.0}, {3.0}};
  const Fit fit = by_pairs({X, {{0, 1, true}, {0, 2, false}}}, {.ridge = 0.2});
  CHECK(fit.linear().diagonal()[0] == doctest::Approx(1 / (1 + 0.2 * 5) - 1.0 / 9).epsilon(1e-14));
  const Fit none = by_pairs({X, {{0, 1, false}, {0, 2, true}}});
  CHECK(none.linear().rank() == 0);
  REQUIRE(none.warnings.size() == 1);
  CHECK(none.warnings[0].code == Warning::Code::directions_left_out);
  CHECK(by_labels(Matrix::Constant(3, 2, 0.1), {0, 0, 1}).linear().rank() == 0);
}

TEST_CASE("xqda: what there is nothing to learn from is refused") {
  const Matrix X = test::random_rows(3, 2, 8);
  const auto said = [&](const Labels& y, Index rank) {
    return test::refusal<InputError>([&] { by_labels(X, y, {.rank = rank}); });
  };
  CHECK(said({0, 1, 2}, 0) == "no class has two rows: there is no similar pair");
  CHECK(said({1, 1, 1}, 0) == "all 3 rows are of one class: there is no dissimilar pair");
  CHECK(said({0, 0, 1}, 3) == "--rank 3: there are only 2 features");
  CHECK_THROWS_AS(by_labels(X, {0, 0, 1}, {.ridge = 0}), UsageError);
}
