#include "learn/dmlmj/dmlmj.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"
#include "linalg/spectral/psd.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/nearest_rows.hpp"
#include "unit/orthogonal.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::largest_change;

namespace {

Fit divergent(const Matrix& X, const Labels& y, const dmlmj::DmlmjOptions& options = {}) {
  return dmlmj::fit_dmlmj({.X = X, .y = y}, options);
}

/// Sigma_S or Sigma_D from its definition.
SquareMatrix mean_of_differences(const Matrix& X, const Labels& y, bool alike, Index k) {
  const test::NearScatter S = test::near_scatter(X, y, alike, k, false);
  return S.sum / S.count;
}

/// The Jeffrey divergence between normal distributions N(0, W S W') and N(0, W D W').
double jeffrey(const SquareMatrix& S, const SquareMatrix& D, const Matrix& W) {
  const SquareMatrix s = W * S * W.transpose(), d = W * D * W.transpose();
  return ((linalg::invert_psd(s).inverse * d).trace() + (linalg::invert_psd(d).inverse * s).trace()) / 2 -
         static_cast<double>(W.rows());
}

Labels every_third() {
  Labels y(20);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<int>(i % 3);
  return y;
}

}  // namespace

TEST_CASE("dmlmj: its rows solve Sigma_D v = lambda Sigma_S v, V'Sigma_S V = I, the largest lambda + 1/lambda first") {
  const Dataset wine = read_dataset("wine");
  for (const Index k : {1, 3, 60}) {  // 60: more than two of the classes have
    const Fit fit = divergent(wine.X, wine.y, {.k = k});
    const Matrix L = fit.linear().factor();
    REQUIRE(L.rows() == 13);
    const SquareMatrix S = mean_of_differences(wine.X, wine.y, true, k);
    const SquareMatrix D = mean_of_differences(wine.X, wine.y, false, k);
    CHECK((L * S * L.transpose() - SquareMatrix::Identity(13, 13)).cwiseAbs().maxCoeff() <= 1e-9);
    const Vector lambda = (L * D * L.transpose()).diagonal(), score = lambda + lambda.cwiseInverse();
    for (Index a = 0; a < 13; ++a) {
      const Vector v = L.row(a).transpose(), right = lambda[a] * (S * v);
      CHECK((D * v - right).norm() <= 1e-7 * right.norm());
      if (a > 0) CHECK(score[a] <= score[a - 1] * (1 + 1e-9));
    }
    CHECK(number(fit, "residual") <= 1e-9);
    CHECK(number(fit, "divergence") == doctest::Approx(jeffrey(S, D, Matrix::Identity(13, 13))).epsilon(1e-8));
  }
  CHECK(number(divergent(wine.X, wine.y), "similar") == 3 * 178);
}

TEST_CASE("dmlmj: no projection of the same rank has a larger divergence, and that of all directions is Sigma_S^-1") {
  const Dataset wine = read_dataset("wine");
  const Matrix X = wine.X * wine.X.colwise().maxCoeff().cwiseInverse().asDiagonal();
  const SquareMatrix S = mean_of_differences(X, wine.y, true, 3), D = mean_of_differences(X, wine.y, false, 3);
  for (const Index rank : {1, 4}) {
    const Fit fit = divergent(X, wine.y, {.rank = rank});
    const Matrix L = fit.linear().factor();
    CHECK(number(fit, "divergence") == doctest::Approx(jeffrey(S, D, L)).epsilon(1e-9));
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      const Matrix near = L + 0.1 * L.norm() * test::random_rows(rank, 13, seed);
      CHECK(jeffrey(S, D, near) < number(fit, "divergence"));
    }
  }
  const Matrix L = divergent(X, wine.y).linear().factor();
  const SquareMatrix inverse = linalg::invert_psd(S).inverse;
  CHECK((L.transpose() * L - inverse).norm() <= 1e-9 * inverse.norm());
}

TEST_CASE("dmlmj: rotations, shifts, a common factor, the order of rows and names of classes change no distance") {
  const Dataset wine = read_dataset("wine");
  const dmlmj::DmlmjOptions five{.rank = 5};
  const Fit fit = divergent(wine.X, wine.y, five);
  const Matrix turned = (wine.X * test::random_turn(13, 13, 1)).array() + 100;
  CHECK(largest_change(fit, wine.X, divergent(turned, wine.y, five), turned) <= 1e-7);
  const Matrix wide = wine.X * test::random_turn(13, 200, 2);  // fewer rows than features
  CHECK(largest_change(fit, wine.X, divergent(wide, wine.y, five), wide) <= 1e-7);
  for (const double factor : {1e-6, 1e9, 0x1p300, 0x1p-300}) {
    const Matrix scaled = wine.X * factor;
    CHECK(largest_change(fit, wine.X, divergent(scaled, wine.y, five), scaled) <= 1e-8);
  }
  Labels named;
  for (const int c : wine.y) named.push_back(2 - c);
  CHECK(largest_change(fit, wine.X, divergent(wine.X, named, five), wine.X) <= 1e-9);
  const Matrix backwards = wine.X.colwise().reverse();
  const Fit reverse = divergent(backwards, Labels(wine.y.rbegin(), wine.y.rend()), five);
  CHECK(largest_change(fit, wine.X, reverse, wine.X) <= 1e-9);
}

TEST_CASE("dmlmj: a constant feature changes nothing, and one that depends on others only how near rows are") {
  const Dataset wine = read_dataset("wine");
  Matrix X(178, 15);
  X << wine.X, Vector::Constant(178, 3.5), 1e-6 * (wine.X.col(0) - wine.X.col(2));
  CHECK(largest_change(divergent(wine.X, wine.y), wine.X, divergent(X, wine.y), X) <= 1e-7);
}

TEST_CASE("dmlmj: where a scatter is singular beside the other a ridge is added to both, and said") {
  const Matrix X = test::random_rows(20, 50, 3);  // 19 directions; both scatters have fewer
  const Labels y = every_third();
  const Fit fit = divergent(X, y, {.k = 1});
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  CHECK(number(fit, "ridge") == 1e-3);
  CHECK(number(fit, "rank") <= 19);
  CHECK(number(fit, "residual") <= 1e-9);

  // The ridge changes no direction: in those of a fit without it, Sigma_S becomes (1 + ridge/2 (1 + lambda)) I.
  const Dataset iris = read_dataset("iris");
  const Fit plain = divergent(iris.X, iris.y), with = divergent(iris.X, iris.y, {.ridge = 0.1});
  CHECK(with.warnings.empty());
  const SquareMatrix D = mean_of_differences(iris.X, iris.y, false, 3);
  const Matrix L = plain.linear().factor();
  const Vector more = 1 + 0.05 * (1 + (L * D * L.transpose()).diagonal().array());
  const Matrix damped = more.cwiseSqrt().cwiseInverse().asDiagonal() * L;
  const SquareMatrix M = damped.transpose() * damped;
  const Matrix W = with.linear().factor();
  CHECK((W.transpose() * W - M).norm() <= 1e-10 * M.norm());
}

TEST_CASE("dmlmj: one feature has the weight 1 / Sigma_S, equal rows have none") {
  const Matrix X{{1.0}, {2.0}, {4.0}, {5.0}};
  CHECK(divergent(X, {0, 0, 1, 1}, {.k = 1}).linear().diagonal()[0] == doctest::Approx(1).epsilon(1e-12));
  CHECK(number(divergent(Matrix::Constant(4, 2, 0.1), {0, 0, 1, 1}), "rank") == 0);
}

TEST_CASE("dmlmj: friends that are all equal, and enemies that are, leave finite distances") {
  const Matrix X{{1.0, 0.0}, {1.0, 0.0}, {4.0, 1.0}, {4.0, 1.0}};
  const Fit apart = divergent(X, {0, 0, 1, 1}, {.k = 1});  // Sigma_S = 0
  CHECK(apart.linear().factor().allFinite());
  CHECK(number(apart, "rank") == 1);
  CHECK(divergent(X, {0, 1, 0, 1}, {.k = 1}).linear().factor().allFinite());  // Sigma_D = 0
}

TEST_CASE("dmlmj: one class, classes of one row each and too large a rank are refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  const auto said = [&](const Labels& y, Index rank) {
    return test::refusal<InputError>([&] { divergent(X, y, {.rank = rank}); });
  };
  CHECK(said({1, 1, 1}, 0) == "all 3 rows are of one class");
  CHECK(said({0, 1, 2}, 0) == "no class has more than one row");
  CHECK(said({0, 1, 1}, 3) == "--rank 3: there are only 2 features");
  CHECK_THROWS_AS(divergent(X, {0, 1, 1}, {.k = 0}), UsageError);
}
