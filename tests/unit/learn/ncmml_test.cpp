#include "learn/ncmml/ncmml.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "learn/ncmml/loss.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/convex/convex_check.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

Fit ncmml_of(const Matrix& X, const Labels& y, const ncmml::NcmmlOptions& options = {}, const Run& run = {}) {
  return ncmml::fit_ncmml({.X = X, .y = y}, options, run);
}

/// The chances of the classes 0, 1, ... of a row, from the definition.
Vector class_chances(const Matrix& X, const Labels& y, const SquareMatrix& M, Index row, int classes) {
  Vector p(classes);
  for (int c = 0; c < classes; ++c) {
    RowVector sum = RowVector::Zero(X.cols());
    double count = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      if (y[i] != c) continue;
      sum += X.row(static_cast<Index>(i));
      ++count;
    }
    p[c] = std::exp(-test::squared_distance_under(M, X.row(row), sum / count) / 2);
  }
  return p / p.sum();
}

double plain_ncmml(const Matrix& X, const Labels& y, const SquareMatrix& M, int classes) {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i)
    sum -= std::log(class_chances(X, y, M, static_cast<Index>(i), classes)[y[i]]);
  return sum / static_cast<double>(y.size());
}

/// Rows of three classes that overlap.
struct ThreeMeans {
  Matrix Z;
  Labels y{0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2};

  ThreeMeans() {
    Matrix X = test::random_rows(14, 3, 3);
    for (Index i = 0; i < 14; ++i) X(i, 0) += 0.7 * y[static_cast<std::size_t>(i)];
    X.row(4) = X.row(9);
    Z = prepare::whiten_rows(X).Z;
  }
};

}  // namespace

TEST_CASE("ncmml: the loss and its gradient are those of the definition, and it is convex") {
  const ThreeMeans rows;
  const test::PlainLoss plain = [&](const Matrix& Z, const SquareMatrix& N) { return plain_ncmml(Z, rows.y, N, 3); };
  const auto loss = ncmml::make_loss(rows.Z, rows.y);
  test::check_loss(*loss, rows.Z, plain);
  test::check_convex(plain, *loss, rows.Z);
}

TEST_CASE("ncmml: multipliers shrunk to t of themselves have the entropy of the mixture t p + (1 - t) e_y") {
  const ThreeMeans rows;
  const SquareMatrix N = test::random_psd(3, 3, 5);
  double sum = 0;
  for (Index i = 0; i < 14; ++i) {
    Vector p = convex::kShrunk * class_chances(rows.Z, rows.y, N, i, 3);
    p[rows.y[static_cast<std::size_t>(i)]] += 1 - convex::kShrunk;
    for (const double q : p) sum -= q * std::log(q);
  }
  const auto loss = ncmml::make_loss(rows.Z, rows.y);
  CHECK(test::evaluation_at(*loss, rows.Z, N).shrunk == doctest::Approx(sum / 14).epsilon(1e-12));
}

TEST_CASE("ncmml: the optimum of another solver lies between the bound and the objective") {
  const ThreeMeans rows;
  const test::PlainLoss plain = [&](const Matrix& Z, const SquareMatrix& N) { return plain_ncmml(Z, rows.y, N, 3); };
  for (const double ridge : {0.003, 0.03, 0.3}) {
    CAPTURE(ridge);
    const auto loss = ncmml::make_loss(rows.Z, rows.y);
    test::check_bounds(*loss, rows.Z, plain, ridge);
    const double optimum = test::plain_optimum(plain, rows.Z, ridge);
    for (const double tolerance : {1e-2, 1e-7}) {
      const Fit fit = ncmml_of(rows.Z, rows.y, {{.ridge = ridge, .tolerance = tolerance}});
      CHECK(converged(fit));
      CHECK(number(fit, "bound") <= optimum * (1 + 1e-9));
      CHECK(number(fit, "objective") >= optimum * (1 - 1e-5));  // as far as differences find it
      CHECK(number(fit, "objective") <= optimum * (1 + tolerance + 1e-6));
    }
  }
}

TEST_CASE(
    "ncmml: the objective is that of the metric itself; linear maps, units and names of classes do not change it") {
  const Dataset wine = read_dataset("wine");
  const ncmml::NcmmlOptions options{{.tolerance = 1e-7}};
  const Fit fit = ncmml_of(wine.X, wine.y, options);
  CHECK(converged(fit));
  const SquareMatrix M = fit.linear().matrix();
  const double loss = plain_ncmml(wine.X, wine.y, M, 3);
  const double objective = number(fit, "objective");
  CHECK(number(fit, "loss") == doctest::Approx(loss).epsilon(1e-9));
  CHECK(objective == doctest::Approx(loss + options.ridge * test::plain_spread(wine.X, M)).epsilon(1e-9));
  CHECK(number(fit, "rank") == 2);
  Labels named;
  for (const int c : wine.y) named.push_back(7 - 2 * c);
  const Matrix mapped = (wine.X * test::random_rows(13, 13, 1)).array() + 1e3;
  CHECK(number(ncmml_of(mapped, named, options), "objective") == doctest::Approx(objective).epsilon(1e-6));
  for (const double unit : {0x1p-500, 1e150}) {
    const Fit other = ncmml_of(wine.X * unit, wine.y, options);
    CHECK(number(other, "objective") == doctest::Approx(objective).epsilon(1e-6));
    const SquareMatrix D = test::row_distances(fit, wine.X);
    CHECK((test::row_distances(other, wine.X * unit) - D).cwiseAbs().maxCoeff() <= 1e-2 * D.maxCoeff());
  }
  const Fit three = ncmml_of(wine.X, wine.y, options, {.threads = Threads(3), .progress = {}});
  CHECK(three.linear().factor() == fit.linear().factor());
}

TEST_CASE("ncmml: two classes on a line have their optimum in closed form") {
  // Rows -1 and 1, means -1 and 1, D to the own mean 0 and to the other 4 m: log(1 + exp(-2 m)) + ridge m is least at
  // exp(-2 m) = ridge / (2 - ridge).
  const Matrix X{{-1.0}, {1.0}};
  for (const double ridge : {0.01, 0.5}) {
    const Fit fit = ncmml_of(X, {0, 1}, {{.ridge = ridge, .tolerance = 1e-12}});
    const double m = -std::log(ridge / (2 - ridge)) / 2;
    CHECK(fit.linear().diagonal()[0] == doctest::Approx(m).epsilon(1e-5));
    CHECK(number(fit, "objective") == doctest::Approx(std::log1p(std::exp(-2 * m)) + ridge * m).epsilon(1e-11));
    CHECK(number(fit, "bound") <= number(fit, "objective"));
  }
}

TEST_CASE("ncmml: a start changes nothing but the time, however far off it is") {
  const ThreeMeans few;
  const double least = number(ncmml_of(few.Z, few.y, {{.tolerance = 1e-6}}), "objective");
  for (const double weight : {1e-300, 1e-3, 10.0, 1e8, 1e300}) {
    const Fit fit =
        ncmml::fit_ncmml(started({.X = few.Z, .y = few.y}, metric::Metric::from_weights(Vector{{weight, 0.0, 1.0}})),
                         {{.tolerance = 1e-6}}, {});
    CHECK(converged(fit));
    CHECK(number(fit, "objective") == doctest::Approx(least).epsilon(2e-6));
  }
}

TEST_CASE("ncmml: where nothing can be told apart M = 0, and what there is nothing to learn from is refused") {
  const Fit equal = ncmml_of(Matrix::Constant(4, 2, 0.1), {0, 0, 5, 5});
  CHECK(equal.linear().rank() == 0);
  CHECK(*equal.gap == 0);
  CHECK(converged(equal));
  CHECK(number(equal, "objective") == doctest::Approx(std::log(2.0)).epsilon(1e-14));
  const Fit wide = ncmml_of(test::random_rows(12, 40, 7), {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2});
  CHECK(converged(wide));
  CHECK(number(wide, "rank") == 2);
  CHECK(test::refusal<InputError>([&] { ncmml_of(Matrix::Zero(3, 1), {1, 1, 1}); }) == "all 3 rows are of one class");
}

TEST_CASE("ncmml: where little can be learned a metric is not given up for 0, though the tolerance would allow it") {
  // As above, with three rows at -1 and one at 1 in each class but for one row: the means differ by little.
  const Matrix X{{-1.0}, {-1.0}, {1.0}, {1.0}, {-1.0}, {1.1}, {1.0}, {-1.0}};
  const Fit fit = ncmml_of(X, {0, 0, 0, 0, 1, 1, 1, 1}, {{.ridge = 1e-5, .tolerance = 0.01}});
  CHECK(number(fit, "objective") < std::log(2.0));
  CHECK(std::log(2.0) - number(fit, "bound") < 0.01 * std::log(2.0));  // so that 0 would do
  CHECK(number(fit, "rank") == 1);
}
