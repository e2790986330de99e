#include "learn/mcml/mcml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "learn/mcml/loss.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/convex/convex_check.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

Fit mcml_of(const Matrix& X, const Labels& y, const mcml::McmlOptions& options = {}, const Run& run = {}) {
  return mcml::fit_mcml({.X = X, .y = y}, options, run);
}

/// The mean of KL(p0_i | p_i), from the definition.
double plain_mcml(const Matrix& X, const Labels& y, const SquareMatrix& M) {
  const auto n = static_cast<std::size_t>(X.rows());
  double sum = 0, rows = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto d = [&](std::size_t j) {
      return test::squared_distance_under(M, X.row(static_cast<Index>(i)), X.row(static_cast<Index>(j)));
    };
    double all = 0, m = 0, divergence = 0;
    for (std::size_t j = 0; j < n; ++j) {
      if (j != i) all += std::exp(-d(j));
      if (j != i && y[j] == y[i]) ++m;
    }
    if (m == 0) continue;
    for (std::size_t j = 0; j < n; ++j) {
      if (j != i && y[j] == y[i]) divergence += 1 / m * (std::log(1 / m) + d(j) + std::log(all));
    }
    sum += divergence;
    ++rows;
  }
  return sum / rows;
}

/// Rows of three classes that overlap, one row alone in a fourth, and two that are equal.
struct MixedRows {
  Matrix Z;
  Labels y{0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3};

  MixedRows() {
    Matrix X = test::random_rows(15, 2, 3);
    for (Index i = 0; i < 15; ++i) X(i, 0) += 0.7 * y[static_cast<std::size_t>(i)];
    X.row(4) = X.row(9);
    Z = prepare::whiten_rows(X).Z;
  }
};

}  // namespace

TEST_CASE("mcml: the loss and its gradient are those of the definition, and it is convex") {
  const MixedRows rows;
  const test::PlainLoss plain = [&](const Matrix& Z, const SquareMatrix& N) { return plain_mcml(Z, rows.y, N); };
  const auto loss = mcml::make_loss(rows.Z, rows.y);
  test::check_loss(*loss, rows.Z, plain);
  test::check_convex(plain, *loss, rows.Z);
}

TEST_CASE("mcml: multipliers shrunk to t of themselves have the entropy of the mixture t p + (1 - t) p0") {
  const MixedRows rows;
  const SquareMatrix N = test::random_psd(2, 2, 5);
  double sum = 0;
  for (std::size_t i = 0; i < 14; ++i) {
    Vector p(15);
    double m = 0;
    for (std::size_t j = 0; j < 15; ++j) {
      const auto a = static_cast<Index>(i), b = static_cast<Index>(j);
      p[b] = j == i ? 0 : std::exp(-test::squared_distance_under(N, rows.Z.row(a), rows.Z.row(b)));
      m += j != i && rows.y[j] == rows.y[i];
    }
    p *= convex::kShrunk / p.sum();
    for (std::size_t j = 0; j < 15; ++j) {
      if (j != i && rows.y[j] == rows.y[i]) p[static_cast<Index>(j)] += (1 - convex::kShrunk) / m;
    }
    for (const double q : p) sum += q > 0 ? -q * std::log(q) : 0;
    sum -= std::log(m);
  }
  const auto loss = mcml::make_loss(rows.Z, rows.y);
  CHECK(test::evaluation_at(*loss, rows.Z, N).shrunk == doctest::Approx(sum / 14).epsilon(1e-12));
}

TEST_CASE("mcml: the optimum of another solver lies between the bound and the objective") {
  const MixedRows rows;
  const test::PlainLoss plain = [&](const Matrix& Z, const SquareMatrix& N) { return plain_mcml(Z, rows.y, N); };
  for (const double ridge : {0.003, 0.03, 0.3}) {
    CAPTURE(ridge);
    const auto loss = mcml::make_loss(rows.Z, rows.y);
    test::check_bounds(*loss, rows.Z, plain, ridge);
    const double optimum = test::plain_optimum(plain, rows.Z, ridge);
    for (const double tolerance : {1e-2, 1e-7}) {
      const Fit fit = mcml_of(rows.Z, rows.y, {{.ridge = ridge, .tolerance = tolerance}});
      CHECK(converged(fit));
      CHECK(number(fit, "gap") <= tolerance);
      CHECK(number(fit, "bound") <= optimum * (1 + 1e-9));
      CHECK(number(fit, "objective") >= optimum * (1 - 1e-6));  // as far as differences find it
      CHECK(number(fit, "objective") <= optimum * (1 + tolerance + 1e-6));
    }
  }
}

TEST_CASE("mcml: the objective is that of the metric itself over the features") {
  const Dataset wine = read_dataset("wine");
  const Fit fit = mcml_of(wine.X, wine.y, {{.ridge = 1e-2}});
  CHECK(converged(fit));
  const SquareMatrix M = fit.linear().matrix();
  const double loss = plain_mcml(wine.X, wine.y, M);
  CHECK(number(fit, "loss") == doctest::Approx(loss).epsilon(1e-9));
  CHECK(number(fit, "objective") == doctest::Approx(loss + 1e-2 * test::plain_spread(wine.X, M)).epsilon(1e-9));
  CHECK(number(fit, "objective") == doctest::Approx(0.21932).epsilon(1e-3));  // by an accelerated gradient in numpy
  CHECK(number(fit, "rank") == static_cast<double>(fit.linear().rank()));
}

TEST_CASE("mcml: no invertible linear map, offset, unit, order of rows or names of classes change a distance") {
  const Dataset iris = read_dataset("iris");
  const mcml::McmlOptions options{{.tolerance = 1e-9}};
  const Fit plain = mcml_of(iris.X, iris.y, options);
  REQUIRE(converged(plain));
  const auto same = [&](const Matrix& X, const Labels& y) {
    const Fit other = mcml_of(X, y, options);
    CHECK(converged(other));
    CHECK(number(other, "objective") == doctest::Approx(number(plain, "objective")).epsilon(1e-8));
    return test::row_distances(other, X);
  };
  const SquareMatrix D = test::row_distances(plain, iris.X);
  const auto near = [&](const SquareMatrix& E) { return (E - D).cwiseAbs().maxCoeff() <= 1e-3 * D.maxCoeff(); };
  CHECK(near(same((iris.X * test::random_rows(4, 4, 1)).array() + 1e3, iris.y)));
  CHECK(near(same(iris.X * 0x1p-500, iris.y)));
  CHECK(near(same(iris.X * 1e150, iris.y)));
  Labels named;
  for (const int c : iris.y) named.push_back(7 - 2 * c);
  CHECK(near(same(iris.X, named)));
  const Matrix turned = iris.X.colwise().reverse();
  CHECK(near(same(turned, Labels(iris.y.rbegin(), iris.y.rend())).reverse()));
}

TEST_CASE("mcml: the same bits on any number of threads") {
  const Dataset wdbc = read_dataset("wdbc");
  const Matrix X = wdbc.X.leftCols(6);
  const mcml::McmlOptions options{{.max_iterations = 3}};
  const Fit one = mcml_of(X, wdbc.y, options),
            three = mcml_of(X, wdbc.y, options, {.threads = Threads(3), .progress = {}});
  CHECK(one.linear().factor() == three.linear().factor());
  CHECK(*one.bound == *three.bound);
}

TEST_CASE("mcml: constant, dependent and too many features") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 6);
  X << iris.X, Vector::Constant(150, 3.5), iris.X.col(0) - 2 * iris.X.col(3);
  const double plain = number(mcml_of(iris.X, iris.y, {{.tolerance = 1e-6}}), "objective");
  CHECK(number(mcml_of(X, iris.y, {{.tolerance = 1e-6}}), "objective") == doctest::Approx(plain).epsilon(1e-5));
  const Matrix wide = test::random_rows(12, 40, 7);
  const Fit fit = mcml_of(wide, {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2});
  CHECK(converged(fit));
  CHECK(number(fit, "rank") == 2);  // the means of three classes, everything else collapses
}

TEST_CASE("mcml: where nothing can be told apart M = 0, with a gap of 0") {
  const Fit equal = mcml_of(Matrix::Constant(4, 2, 0.1), {0, 0, 1, 1});
  CHECK(equal.linear().rank() == 0);
  CHECK(*equal.gap == 0);
  CHECK(converged(equal));
  CHECK(number(equal, "objective") == doctest::Approx(std::log(3.0)).epsilon(1e-14));  // KL of 1 from 1/3
  // Contradictory duplicates: as many of each class at each place.
  const Matrix X{{0.0}, {0.0}, {1.0}, {1.0}};
  const Fit twice = mcml_of(X, {0, 1, 0, 1});
  CHECK(twice.linear().rank() == 0);
  CHECK(converged(twice));
  const Fit heavy = mcml_of(test::random_rows(20, 3, 8), {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1},
                            {{.ridge = 100}});
  CHECK(heavy.linear().rank() == 0);
  CHECK(converged(heavy));
}

TEST_CASE("mcml: a start changes the time alone, and a stop is no convergence") {
  const Dataset wine = read_dataset("wine");
  const mcml::McmlOptions options{{.tolerance = 1e-6}};
  const Fit cold = mcml_of(wine.X, wine.y, options);
  const Fit warm = mcml::fit_mcml(started({.X = wine.X, .y = wine.y}, cold.metric), options);
  CHECK(converged(warm));
  CHECK(number(warm, "objective") == doctest::Approx(number(cold, "objective")).epsilon(1e-6));
  CHECK(*warm.iterations < *cold.iterations / 4);
  const Fit zero =
      mcml::fit_mcml(started({.X = wine.X, .y = wine.y}, metric::Metric::from_weights(Vector::Zero(13))), options);
  CHECK(converged(zero));
  const Fit cut = mcml_of(wine.X, wine.y, {{.max_iterations = 2}});
  CHECK(!converged(cut));
  CHECK(*cut.iterations == 2);
  CHECK(*cut.bound <= number(cold, "objective"));
  int told = 0;
  const Fit stopped =
      mcml_of(wine.X, wine.y, {}, {.threads = Threads(1), .progress = [&](const Progress&) { return ++told < 3; }});
  CHECK(told == 3);
  CHECK(!converged(stopped));
}

TEST_CASE("mcml: what there is nothing to learn from is refused") {
  const Matrix X = test::random_rows(3, 2, 8);
  CHECK(test::refusal<InputError>([&] { mcml_of(X, {0, 1, 2}); }) == "no class has more than one row");
  CHECK(test::refusal<InputError>([&] { mcml_of(X, {1, 1, 1}); }) == "all 3 rows are of one class");
  CHECK_THROWS_AS(mcml_of(X, {0, 0, 1}, {{.ridge = 0}}), UsageError);
}
