#include "learn/lfda/lfda.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/lda/lda.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/nearest_rows.hpp"
#include "unit/orthogonal.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using lfda::Embedding;
using maha::test::largest_change;

namespace {

Fit local_discriminants(const Matrix& X, const Labels& y, const lfda::LfdaOptions& options = {}) {
  return lfda::fit_lfda({.X = X, .y = y}, options);
}

Matrix factor_of(const Matrix& X, const Labels& y, const lfda::LfdaOptions& options) {
  return local_discriminants(X, y, options).linear().factor();
}

/// S_w and S_b of the paper, divided by n, as sums over all pairs of rows.
struct PairwiseScatters {
  SquareMatrix within, between;
};

PairwiseScatters pairwise_scatters(const Matrix& X, const Labels& y, Index k) {
  const Index n = X.rows();
  std::vector<double> scale, size;
  for (Index i = 0; i < n; ++i) {
    const std::vector<Index> near = test::nearest_rows(X, y, i, true, k);
    scale.push_back((X.row(i) - X.row(near.empty() ? i : near.back())).norm());
    size.push_back(static_cast<double>(std::count(y.begin(), y.end(), y[static_cast<std::size_t>(i)])));
  }
  PairwiseScatters S{SquareMatrix::Zero(X.cols(), X.cols()), SquareMatrix::Zero(X.cols(), X.cols())};
  const double rows = static_cast<double>(n);
  for (std::size_t i = 0; i < y.size(); ++i) {
    for (std::size_t j = 0; j < y.size(); ++j) {
      const RowVector step = X.row(static_cast<Index>(i)) - X.row(static_cast<Index>(j));
      const SquareMatrix C = step.transpose() * step / (2 * rows);
      if (y[i] != y[j]) {
        S.between += C / rows;
        continue;
      }
      const double scales = scale[i] * scale[j];
      double affinity = scales > 0 ? std::exp(-step.squaredNorm() / scales) : 0;
      if (size[i] <= static_cast<double>(k)) affinity = 1;
      S.within += affinity / size[i] * C;
      S.between += affinity * (1 / rows - 1 / size[i]) * C;
    }
  }
  return S;
}

void check_equation(const Matrix& X, const Labels& y, Index k) {
  const Fit fit = local_discriminants(X, y, {.k = k, .embedding = Embedding::plain});
  const Matrix L = fit.linear().factor();
  const Index r = L.rows();
  REQUIRE(r == static_cast<Index>(number(fit, "rank")));
  const PairwiseScatters S = pairwise_scatters(X, y, k);
  CHECK((L * S.within * L.transpose() - SquareMatrix::Identity(r, r)).cwiseAbs().maxCoeff() <= 1e-9);
  const SquareMatrix between = L * S.between * L.transpose();
  CHECK(between.trace() == doctest::Approx(number(fit, "criterion")).epsilon(1e-9));
  for (Index a = 0; a < r; ++a) {
    const Vector v = L.row(a).transpose(), right = between(a, a) * (S.within * v);
    CHECK((S.between * v - right).norm() <= 1e-7 * right.norm());
    if (a > 0) CHECK(between(a, a) <= between(a - 1, a - 1) * (1 + 1e-12));
  }
  CHECK(number(fit, "residual") <= 1e-10);
}

}  // namespace

TEST_CASE("lfda: its rows solve S_b v = lambda S_w v with V'S_w V = I, for the scatters as sums over pairs of rows") {
  const Dataset iris = read_dataset("iris"), wine = read_dataset("wine");
  check_equation(iris.X, iris.y, 7);
  check_equation(wine.X, wine.y, 3);
  check_equation(wine.X, wine.y, 50);  // of three classes, one has fewer rows
  CHECK(number(local_discriminants(wine.X, wine.y), "rank") == 13);
}

TEST_CASE("lfda: with no k-th neighbour in any class it is linear discriminant analysis, with one in each it is not") {
  const Dataset wine = read_dataset("wine");  // classes of 59, 71 and 48 rows
  const Fit all = lda::fit_lda({.X = wine.X, .y = wine.y});
  const Fit alike = local_discriminants(wine.X, wine.y, {.k = 71, .embedding = Embedding::plain});
  CHECK(number(alike, "rank") == 2);
  CHECK(largest_change(all, wine.X, alike, wine.X) <= 1e-10);
  CHECK(number(alike, "criterion") == doctest::Approx(number(all, "criterion")).epsilon(1e-10));
  const Fit farthest = local_discriminants(wine.X, wine.y, {.k = 47, .embedding = Embedding::plain});
  CHECK(number(farthest, "rank") == 13);

  const Matrix X = test::random_rows(20, 50, 1);  // and with a ridge, too
  Labels y(20);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<int>(i % 3);
  const Fit few = local_discriminants(X, y, {.embedding = Embedding::plain});
  CHECK(largest_change(lda::fit_lda({.X = X, .y = y}), X, few, X) <= 1e-8);
  CHECK(few.warnings.size() == 1);
}

TEST_CASE("lfda: weighted, plain and orthonormalized embeddings are of the same eigenvectors") {
  const Dataset wine = read_dataset("wine");
  const Matrix plain = factor_of(wine.X, wine.y, {.rank = 4, .embedding = Embedding::plain});
  const Matrix weighted = factor_of(wine.X, wine.y, {.rank = 4});
  const Vector lambda = (plain * pairwise_scatters(wine.X, wine.y, 7).between * plain.transpose()).diagonal();
  const Matrix scaled = lambda.cwiseSqrt().asDiagonal() * plain;
  CHECK((weighted - scaled).cwiseAbs().maxCoeff() <= 1e-9 * scaled.cwiseAbs().maxCoeff());

  const Matrix Q = factor_of(wine.X, wine.y, {.rank = 4, .embedding = Embedding::orthonormalized});
  CHECK((Q * Q.transpose() - SquareMatrix::Identity(4, 4)).cwiseAbs().maxCoeff() <= 1e-12);
  for (Index r = 1; r <= 4; ++r) {  // the first r span the same as the first r eigenvectors
    const Matrix V = plain.topRows(r), rest = V - V * Q.topRows(r).transpose() * Q.topRows(r);
    CHECK(rest.norm() <= 1e-9 * V.norm());
  }
}

TEST_CASE("lfda: rotations, shifts, a common factor, the order of rows and names of classes change no distance") {
  const Dataset wine = read_dataset("wine");
  const Fit fit = local_discriminants(wine.X, wine.y);
  const Matrix turned = (wine.X * test::random_turn(13, 13, 2)).array() + 100;
  CHECK(largest_change(fit, wine.X, local_discriminants(turned, wine.y), turned) <= 1e-7);
  const Matrix wide = wine.X * test::random_turn(13, 200, 3);  // fewer rows than features: by their inner products
  CHECK(largest_change(fit, wine.X, local_discriminants(wide, wine.y), wide) <= 1e-7);
  for (const double factor : {1e-6, 1e9, 0x1p300, 0x1p-300}) {
    const Matrix scaled = wine.X * factor;
    CHECK(largest_change(fit, wine.X, local_discriminants(scaled, wine.y), scaled) <= 1e-8);
  }
  Labels named;
  for (const int c : wine.y) named.push_back(2 - c);
  CHECK(largest_change(fit, wine.X, local_discriminants(wine.X, named), wine.X) <= 1e-9);
  const Matrix backwards = wine.X.colwise().reverse();
  const Fit reverse = local_discriminants(backwards, Labels(wine.y.rbegin(), wine.y.rend()));
  CHECK(largest_change(fit, wine.X, reverse, wine.X) <= 1e-9);
}

TEST_CASE("lfda: one row's distances do not depend on threads, to the last bit") {
  const Dataset digits = read_dataset("digits");
  const Samples samples{.X = digits.X.topRows(500), .y = Labels(digits.y.begin(), digits.y.begin() + 500)};
  const Matrix one = lfda::fit_lfda(samples).linear().factor();
  CHECK(one == lfda::fit_lfda(samples, {}, {Threads(3), {}, {}}).linear().factor());
}

TEST_CASE("lfda: finds what tells classes of several clusters apart, whose means are equal") {
  Matrix X = test::random_rows(120, 2, 4);
  Labels y(120);
  for (Index i = 0; i < 120; ++i) {
    y[static_cast<std::size_t>(i)] = static_cast<int>(i % 2);
    X(i, 0) += i % 2 == 0 ? 0.0 : (i % 4 == 1 ? 6.0 : -6.0);  // one class in the middle of the other
    X(i, 1) *= 10;
  }
  const Matrix first = factor_of(X, y, {.rank = 1, .embedding = Embedding::orthonormalized});
  CHECK(first(0, 0) >= 0.999);
}

TEST_CASE("lfda: a constant feature, equal rows and classes of one row have no say that they should not") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 5);
  X << iris.X, Vector::Constant(150, 3.5);
  CHECK(largest_change(local_discriminants(iris.X, iris.y), iris.X, local_discriminants(X, iris.y), X) <= 1e-9);

  Matrix equal = iris.X;
  for (Index i = 1; i < 12; ++i) equal.row(i) = equal.row(0);  // their scale is 0
  Labels y = iris.y;
  y[140] = 3;  // alone
  check_equation(equal, y, 7);
}

TEST_CASE("lfda: where near rows do not differ within classes a ridge is added, and said") {
  const Matrix X = test::random_rows(40, 50, 5);
  Labels y(40);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<int>(i % 3);
  const Fit fit = local_discriminants(X, y, {.k = 3});
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  CHECK(number(fit, "ridge") == 1e-3);
  CHECK(number(fit, "rank") == 39);
  CHECK(number(fit, "residual") <= 1e-9);
  CHECK(local_discriminants(X, y, {.k = 3, .ridge = 0.1}).warnings.empty());

  Labels alone(40);
  std::iota(alone.begin(), alone.end(), 0);
  CHECK(number(local_discriminants(X, alone), "rank") == 39);
}

TEST_CASE("lfda: one feature has one direction, its weight lambda over S_w; equal rows have none") {
  const Matrix X{{1.0}, {2.0}, {4.0}, {5.0}, {5.5}, {9.0}};
  const Labels y{0, 0, 0, 1, 1, 1};
  const PairwiseScatters S = pairwise_scatters(X, y, 1);
  const double within = S.within(0, 0), between = S.between(0, 0);
  const auto weight = [&](Embedding embedding) {
    return local_discriminants(X, y, {.k = 1, .embedding = embedding}).linear().diagonal()[0];
  };
  CHECK(weight(Embedding::weighted) == doctest::Approx(between / within / within).epsilon(1e-12));
  CHECK(weight(Embedding::plain) == doctest::Approx(1 / within).epsilon(1e-12));
  CHECK(weight(Embedding::orthonormalized) == doctest::Approx(1).epsilon(1e-12));
  CHECK(number(local_discriminants(Matrix::Constant(6, 2, 0.1), y), "rank") == 0);
}

TEST_CASE("lfda: one class, too large a rank and values that overflow are refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  const auto said = [&](const Labels& y, Index rank) {
    return test::refusal<InputError>([&] { local_discriminants(X, y, {.rank = rank}); });
  };
  CHECK(said({1, 1, 1}, 0) == "all 3 rows are of one class");
  CHECK(said({0, 1, 1}, 3) == "--rank 3: there are only 2 features");
  CHECK_THROWS_AS(local_discriminants(X, {0, 1, 1}, {.k = 0}), UsageError);
}
