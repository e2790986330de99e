#include "learn/anmm/anmm.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/error.hpp"
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

Fit neighborhood_margins(const Matrix& X, const Labels& y, const anmm::AnmmOptions& options = {}) {
  return anmm::fit_anmm({.X = X, .y = y}, options);
}

/// S - C from its definition.
SquareMatrix margin_matrix(const Matrix& X, const Labels& y, Index friends, Index enemies) {
  const SquareMatrix S = test::near_scatter(X, y, false, enemies, true).sum;
  return (S - test::near_scatter(X, y, true, friends, true).sum) / static_cast<double>(X.rows());
}

void check_margins(const Fit& fit, const SquareMatrix& A) {
  const Matrix L = fit.linear().factor();
  const Index r = L.rows();
  CHECK((L * L.transpose() - SquareMatrix::Identity(r, r)).cwiseAbs().maxCoeff() <= 1e-12);
  const SquareMatrix inside = L * A * L.transpose();
  CHECK(inside.trace() == doctest::Approx(number(fit, "margin")).epsilon(1e-9));
  for (Index k = 0; k < r; ++k) {
    const Vector v = L.row(k).transpose();
    CHECK((A * v - inside(k, k) * v).norm() <= 1e-10 * A.norm());
    if (k > 0) CHECK(inside(k, k) <= inside(k - 1, k - 1) + 1e-12 * A.norm());
  }
  CHECK(number(fit, "residual") <= 1e-12);
}

}  // namespace

TEST_CASE("anmm: its rows are orthonormal eigenvectors of S - C from its definition, the largest margin first") {
  const Dataset wine = read_dataset("wine");
  const Fit fit = neighborhood_margins(wine.X, wine.y, {.rank = 13});
  CHECK(fit.linear().rank() == 13);
  check_margins(fit, margin_matrix(wine.X, wine.y, 3, 1));
  const Matrix X = wine.X * wine.X.colwise().maxCoeff().cwiseInverse().asDiagonal();
  check_margins(neighborhood_margins(X, wine.y, {.rank = 5, .friends = 2, .enemies = 4}),
                margin_matrix(X, wine.y, 2, 4));
}

TEST_CASE("anmm: by default it keeps the directions of positive margin, which add up to the most there is") {
  const Dataset wine = read_dataset("wine");
  const Matrix X = wine.X * wine.X.colwise().maxCoeff().cwiseInverse().asDiagonal();
  const SquareMatrix A = margin_matrix(X, wine.y, 3, 1);
  const Fit fit = neighborhood_margins(X, wine.y);
  const Index rank = fit.linear().rank();
  CHECK(number(fit, "positive") == static_cast<double>(rank));
  CHECK(rank >= 2);
  CHECK(fit.warnings.empty());
  const double most = number(fit, "margin");
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Matrix other = test::random_turn(static_cast<Index>(1 + seed % 13), 13, seed);
    CHECK((other * A * other.transpose()).trace() <= most);
  }
}

TEST_CASE("anmm: each row counts alike, also one with fewer friends, and one without adds only enemies") {
  const Dataset iris = read_dataset("iris");
  const Matrix X = iris.X.bottomRows(103);  // 3 rows of the first class
  Labels y(iris.y.begin() + 47, iris.y.end());
  y.back() = 7;
  check_margins(neighborhood_margins(X, y, {.rank = 4, .friends = 4, .enemies = 2}), margin_matrix(X, y, 4, 2));
}

TEST_CASE("anmm: rotations, shifts, the order of rows and names of classes change no distance, a factor scales all") {
  const Dataset wine = read_dataset("wine");
  const anmm::AnmmOptions two{.rank = 2};
  const Fit fit = neighborhood_margins(wine.X, wine.y, two);
  const Matrix turned = (wine.X * test::random_turn(13, 13, 1)).array() + 100;
  CHECK(largest_change(fit, wine.X, neighborhood_margins(turned, wine.y, two), turned) <= 1e-9);
  const Matrix wide = wine.X * test::random_turn(13, 200, 2);  // fewer rows than features
  CHECK(largest_change(fit, wine.X, neighborhood_margins(wide, wine.y, two), wide) <= 1e-9);
  for (const double factor : {1e6, 0x1p300, 0x1p-300}) {
    const Matrix scaled = wine.X * factor;
    const Fit other = neighborhood_margins(scaled, wine.y, two);
    CHECK((other.linear().factor() - fit.linear().factor()).cwiseAbs().maxCoeff() <= 1e-9);
  }
  Labels named;
  for (const int c : wine.y) named.push_back(2 - c);
  CHECK(largest_change(fit, wine.X, neighborhood_margins(wine.X, named, two), wine.X) <= 1e-12);
  const Matrix backwards = wine.X.colwise().reverse();
  const Fit reverse = neighborhood_margins(backwards, Labels(wine.y.rbegin(), wine.y.rend()), two);
  CHECK(largest_change(fit, wine.X, reverse, wine.X) <= 1e-9);
}

TEST_CASE("anmm: of n < d rows all directions lie in their span, and a constant feature gets no weight") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 5);
  X << iris.X, Vector::Constant(150, 3.5);
  const Fit fit = neighborhood_margins(X, iris.y, {.rank = 4});
  CHECK(fit.linear().diagonal()[4] <= 1e-20);
  CHECK(largest_change(neighborhood_margins(iris.X, iris.y, {.rank = 4}), iris.X, fit, X) <= 1e-10);

  const Matrix few = test::random_rows(20, 50, 3);
  Labels y(20);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = static_cast<int>(i % 3);
  CHECK(neighborhood_margins(few, y, {.rank = 50}).linear().rank() <= 19);
}

TEST_CASE(
    "anmm: where enemies are nearer in every direction one is kept, with a warning, or as many as are asked for") {
  const Matrix X{{0.0, 0.0}, {10.0, 2.0}, {20.0, 1.0}, {1.0, 0.0}, {11.0, 2.0}, {21.0, 1.0}};
  const Labels y{0, 0, 0, 1, 1, 1};
  const Fit fit = neighborhood_margins(X, y);
  CHECK(number(fit, "positive") == 0);
  CHECK(fit.linear().rank() == 1);
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::directions_left_out);
  CHECK(number(fit, "margin") < 0);
  CHECK(neighborhood_margins(X, y, {.rank = 2}).linear().rank() == 2);
  CHECK(neighborhood_margins(X, y, {.rank = 2}).warnings.empty());
}

TEST_CASE("anmm: one feature has weight 1, equal rows have none") {
  const Matrix X{{1.0}, {1.5}, {4.0}, {4.5}};
  CHECK(neighborhood_margins(X, {0, 0, 1, 1}).linear().diagonal()[0] == 1);
  CHECK(neighborhood_margins(Matrix::Constant(4, 2, 0.1), {0, 0, 1, 1}).linear().diagonal().norm() == 0);
}

TEST_CASE("anmm: one class, classes of one row each and too large a rank are refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  const auto said = [&](const Labels& y, Index rank) {
    return test::refusal<InputError>([&] { neighborhood_margins(X, y, {.rank = rank}); });
  };
  CHECK(said({1, 1, 1}, 0) == "all 3 rows are of one class");
  CHECK(said({0, 1, 2}, 0) == "no class has more than one row");
  CHECK(said({0, 1, 1}, 3) == "--rank 3: there are only 2 features");
  CHECK_THROWS_AS(neighborhood_margins(X, {0, 1, 1}, {.friends = 0}), UsageError);
}
