#include "learn/lda/lda.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/rows_by_class.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::largest_change;
using maha::test::row_distances;

namespace {

Fit discriminants(const Matrix& X, const Labels& y, const lda::LdaOptions& options = {}) {
  return lda::fit_lda({.X = X, .y = y}, options);
}

/// The scatters within and between classes, divisor n, from their definition.
struct RowScatters {
  SquareMatrix within, between;
};

RowScatters scatters(const Matrix& X, const Labels& y) {
  const auto n = static_cast<double>(X.rows());
  const RowVector centre = X.colwise().mean();
  RowScatters S{SquareMatrix::Zero(X.cols(), X.cols()), SquareMatrix::Zero(X.cols(), X.cols())};
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    const Matrix C = X(rows, Eigen::all);
    const RowVector mean = C.colwise().mean();
    S.within += (C.rowwise() - mean).transpose() * (C.rowwise() - mean) / n;
    S.between += static_cast<double>(C.rows()) / n * (mean - centre).transpose() * (mean - centre);
  }
  return S;
}

}  // namespace

TEST_CASE("lda: its rows solve S_b v = lambda S_w v with V'S_w V = I, the largest lambda first") {
  const Dataset wine = read_dataset("wine");
  const Fit fit = discriminants(wine.X, wine.y);
  const Matrix L = fit.linear().factor();
  REQUIRE(L.rows() == 2);
  const RowScatters S = scatters(wine.X, wine.y);
  CHECK((L * S.within * L.transpose() - SquareMatrix::Identity(2, 2)).cwiseAbs().maxCoeff() <= 1e-10);
  const SquareMatrix between = L * S.between * L.transpose();
  CHECK(std::abs(between(0, 1)) <= 1e-9);
  CHECK(between(0, 0) > between(1, 1));
  CHECK(between.trace() == doctest::Approx(number(fit, "criterion")).epsilon(1e-10));
  for (Index k = 0; k < 2; ++k) {
    const Vector v = L.row(k).transpose(), left = S.between * v, right = between(k, k) * (S.within * v);
    CHECK((left - right).norm() <= 1e-9 * right.norm());
  }
  CHECK(number(fit, "residual") <= 1e-12);
}

TEST_CASE("lda: of iris the first discriminant has .9912 of the separation, as Venables and Ripley's lda() prints it") {
  const Dataset iris = read_dataset("iris");
  const double all = number(discriminants(iris.X, iris.y), "criterion");
  CHECK(number(discriminants(iris.X, iris.y, {.rank = 1}), "criterion") / all == doctest::Approx(0.9912).epsilon(5e-5));
}

TEST_CASE("lda: of two classes it is Fisher's direction, S_w^-1 (m_1 - m_2)") {
  const Dataset wdbc = read_dataset("wdbc");
  const Matrix X = wdbc.X.leftCols(8);
  const Matrix L = discriminants(X, wdbc.y).linear().factor();
  REQUIRE(L.rows() == 1);
  const std::vector<std::vector<Index>> classes = rows_by_class(wdbc.y);
  const RowVector apart = X(classes[0], Eigen::all).colwise().mean() - X(classes[1], Eigen::all).colwise().mean();
  const RowVector image = L.row(0) * scatters(X, wdbc.y).within;  // parallel to the difference of the means
  CHECK(std::abs(image.dot(apart)) / (image.norm() * apart.norm()) == doctest::Approx(1).epsilon(1e-10));
}

TEST_CASE("lda: no invertible linear map, order of rows or names of classes changes a distance") {
  const Dataset wine = read_dataset("wine");
  const Fit plain = discriminants(wine.X, wine.y);
  const Matrix A = test::random_rows(13, 13, 1), mapped = (wine.X * A).array() + 1e3;
  CHECK(largest_change(plain, wine.X, discriminants(mapped, wine.y), mapped) <= 1e-8);
  RowVector units(13);
  for (Index j = 0; j < 13; ++j) units[j] = std::pow(10.0, static_cast<double>(3 * (j % 7) - 9));
  const Matrix scaled = wine.X * units.asDiagonal();
  CHECK(largest_change(plain, wine.X, discriminants(scaled, wine.y), scaled) <= 1e-10);
  Labels named;
  for (const int c : wine.y) named.push_back(2 - c);
  CHECK(largest_change(plain, wine.X, discriminants(wine.X, named), wine.X) <= 1e-12);
  const Matrix backwards = wine.X.colwise().reverse();
  const Fit turned = discriminants(backwards, Labels(wine.y.rbegin(), wine.y.rend()));
  CHECK(largest_change(plain, wine.X, turned, wine.X) <= 1e-12);
}

TEST_CASE("lda: a constant and a repeated feature change nothing") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 6);
  X << iris.X, Vector::Constant(150, 3.5), iris.X.col(0) - 2 * iris.X.col(3);
  CHECK(largest_change(discriminants(iris.X, iris.y), iris.X, discriminants(X, iris.y), X) <= 1e-9);
}

TEST_CASE("lda: where rows do not differ within classes a ridge is added, and said") {
  const Matrix X = test::random_rows(20, 50, 2);
  Labels y(20);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<int>(i % 3);
  const Fit fit = discriminants(X, y);
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  CHECK(number(fit, "ridge") == 1e-3);
  CHECK(number(fit, "rank") == 2);
  // 20 rows in general position: those of a class fall on one point, and only the ridge keeps classes in bounds.
  const SquareMatrix D = row_distances(fit, X);
  CHECK(D(0, 3) <= 1e-9 * D(0, 1));
  CHECK(D.maxCoeff() <= 4 / std::sqrt(1e-3));
  CHECK(discriminants(X, y, {.ridge = 0.1}).warnings.empty());

  Labels alone(20);
  std::iota(alone.begin(), alone.end(), 0);
  CHECK(number(discriminants(X, alone), "rank") == 19);
}

TEST_CASE("lda: a few more or fewer rows than features, by either route, give the same distances") {
  const Dataset wine = read_dataset("wine");
  Matrix X(13, 13);  // as many rows as features: their inner products
  Labels y;
  for (Index i = 0; i < 13; ++i) {
    X.row(i) = wine.X.row(13 * i);
    y.push_back(wine.y[static_cast<std::size_t>(13 * i)]);
  }
  Matrix twice(26, 13);  // the same scatters, from more rows than features
  twice << X, X;
  Labels both = y;
  both.insert(both.end(), y.begin(), y.end());
  CHECK(largest_change(discriminants(X, y, {.ridge = 0.01}), X, discriminants(twice, both, {.ridge = 0.01}), X) <=
        1e-9);
}

TEST_CASE("lda: classes with equal means have no discriminant, and one feature has one") {
  const Matrix X{{1.0}, {3.0}, {1.0}, {3.0}, {6.0}};
  CHECK(number(discriminants(X.topRows(4), {0, 0, 1, 1}), "rank") == 0);
  const Fit fit = discriminants(X, {0, 0, 1, 1, 1});
  CHECK(number(fit, "rank") == 1);
  CHECK(fit.linear().diagonal()[0] == doctest::Approx(5 / (2 + 38.0 / 3)).epsilon(1e-12));  // 1 / S_w
}

TEST_CASE("lda: what has no discriminants is refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  const auto said = [&](const Labels& y, Index rank) {
    return test::refusal<InputError>([&] { discriminants(X, y, {.rank = rank}); });
  };
  CHECK(said({1, 1, 1}, 0) == "all 3 rows are of one class");
  CHECK(said({0, 1, 1}, 2) == "--rank 2: 2 classes have at most 1 discriminants");
}
