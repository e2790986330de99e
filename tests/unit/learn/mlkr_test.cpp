#include "learn/mlkr/mlkr.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/mlkr/objective.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::largest_change;

namespace {

Fit kernel_fit(const Matrix& X, const Vector& target, const mlkr::MlkrOptions& options = {}, const Run& run = {}) {
  return mlkr::fit_mlkr({.X = X, .target = target}, options, run);
}

/// The objective from its definition, one pair of rows at a time.
double squares_left_out(const Matrix& L, const Matrix& X, const Vector& y) {
  double sum = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    double weights = 0, predicted = 0;
    for (Index j = 0; j < X.rows(); ++j) {
      if (j == i) continue;
      const double k = std::exp(-(L * (X.row(i) - X.row(j)).transpose()).squaredNorm());
      weights += k;
      predicted += k * y[j];
    }
    sum += std::pow(predicted / weights - y[i], 2);
  }
  return sum;
}

/// A curve over a direction of three features, the others noise.
struct Curve {
  Matrix X = test::random_rows(80, 3, 5);
  Vector y = (1.5 * (X.col(0) + 0.5 * X.col(1))).array().sin() + 0.05 * test::random_rows(80, 1, 6).col(0).array();
};

double total_of(const Vector& y) { return (y.array() - y.mean()).square().sum(); }

}  // namespace

TEST_CASE("mlkr: the value is its definition, and the gradient that of finite differences") {
  const Matrix Z = test::random_rows(23, 3, 1);
  const Vector y = test::random_rows(23, 1, 2).col(0);
  const Matrix A = 0.8 * test::random_rows(2, 3, 3);
  const Threads threads;
  const mlkr::LeaveOneOut error(Z, y, threads);
  Matrix gradient;
  CHECK(error.value(A, gradient) == doctest::Approx(squares_left_out(A, Z, y) / 23).epsilon(1e-12));
  CHECK(error.value(A) == error.value(A, gradient));
  constexpr double kStep = 1e-5;
  for (Index k = 0; k < 2; ++k) {
    for (Index j = 0; j < 3; ++j) {
      Matrix above = A, below = A;
      above(k, j) += kStep;
      below(k, j) -= kStep;
      const double slope = (squares_left_out(above, Z, y) - squares_left_out(below, Z, y)) / (2 * kStep * 23);
      CHECK(gradient(k, j) == doctest::Approx(slope).epsilon(1e-7).scale(gradient.norm()));
    }
  }
}

TEST_CASE("mlkr: kernels that underflow leave the nearest row's target; equal rows are at distance 0") {
  const Matrix Z{{0.0}, {1.0}, {3.0}, {3.0}};
  const Vector y{{1.0, 2.0, 4.0, 7.0}};
  const Threads threads;
  CHECK(mlkr::LeaveOneOut(Z, y, threads).value(Matrix{{100.0}}) == doctest::Approx((1 + 1 + 9 + 9) / 4.0));
}

TEST_CASE("mlkr: what a fit reports is true of its metric, with and without a ridge") {
  const Curve curve;
  for (const double ridge : {0.0, 0.05}) {
    CAPTURE(ridge);
    const Fit fit = kernel_fit(curve.X, curve.y, {.ridge = ridge});
    const Matrix L = fit.linear().factor();
    const double squares = squares_left_out(L, curve.X, curve.y);
    const Matrix about = curve.X.rowwise() - curve.X.colwise().mean();
    const double lengths = (about * L.transpose()).squaredNorm() / 80;
    CHECK(*fit.objective == doctest::Approx(squares + ridge * total_of(curve.y) * lengths).epsilon(1e-9));
    CHECK(number(fit, "rmse") == doctest::Approx(std::sqrt(squares / 80)).epsilon(1e-9));
    CHECK(*fit.converged);
    CHECK(fit.local_minimum);
    CHECK(number(fit, "gradient") <= 1e-4);
    // Nor does another scale of L change it to first order.
    const auto at = [&](double scale) {
      return squares_left_out(scale * L, curve.X, curve.y) + ridge * total_of(curve.y) * lengths * scale * scale;
    };
    CHECK(std::abs(at(1.001) - at(0.999)) / 0.002 <= 1.5e-4 * total_of(curve.y));
  }
}

TEST_CASE("mlkr: of y = g(a'x) the map to one dimension is a; noise gets little weight") {
  const Curve curve;
  const Fit line = kernel_fit(curve.X, curve.y, {.rank = 1});
  const Matrix L = line.linear().factor();
  REQUIRE(L.rows() == 1);
  const RowVector a{{1.0, 0.5, 0.0}};
  CHECK(std::abs(L.row(0).dot(a)) / (L.norm() * a.norm()) >= 0.999);
  const Vector weights = kernel_fit(curve.X, curve.y).linear().diagonal();
  CHECK(weights[2] <= 0.05 * weights[0]);
}

TEST_CASE("mlkr: neither an offset, nor the unit of rows or target, nor the order of rows changes the distances") {
  const Curve curve;
  const Fit plain = kernel_fit(curve.X, curve.y);
  const Matrix moved = curve.X.array() + 64.0;
  CHECK(largest_change(plain, curve.X, kernel_fit(moved, curve.y), moved) <= 1e-4);
  const Matrix small = 0x1p-20 * curve.X;
  CHECK(largest_change(plain, curve.X, kernel_fit(small, curve.y), small) <= 1e-9);
  const Fit scaled = kernel_fit(curve.X, 0x1p12 * curve.y);
  CHECK(largest_change(plain, curve.X, scaled, curve.X) == 0);
  CHECK(*scaled.objective == 0x1p24 * *plain.objective);
  const Matrix backwards = curve.X.colwise().reverse();
  CHECK(largest_change(plain, curve.X, kernel_fit(backwards, curve.y.reverse()), curve.X) <= 1e-3);
}

TEST_CASE("mlkr: the same bits on any number of threads") {
  const Matrix X = test::random_rows(300, 4, 8);
  const Vector y = X.col(0).array().square() + X.col(1).array();
  const mlkr::MlkrOptions few{.max_iterations = 5};
  const Fit one = kernel_fit(X, y, few), three = kernel_fit(X, y, few, {Threads(3), {}, {}});
  CHECK(one.linear().factor() == three.linear().factor());
  CHECK(*one.objective == *three.objective);
}

TEST_CASE("mlkr: a constant feature gets no weight and changes nothing; fewer rows than features fit") {
  const Curve curve;
  Matrix X(80, 4);
  X << curve.X, Vector::Constant(80, 3.5);
  const Fit fit = kernel_fit(X, curve.y);
  CHECK(fit.linear().diagonal()[3] == 0);
  CHECK(largest_change(kernel_fit(curve.X, curve.y), curve.X, fit, X) <= 1e-4);
  const Matrix wide = test::random_rows(8, 20, 4);
  const Fit of_wide = kernel_fit(wide, wide.col(0));
  CHECK(of_wide.linear().factor().allFinite());
  CHECK(number(of_wide, "rank") <= 7);
  const Matrix one{{0.0}, {1.0}, {2.0}, {3.0}, {4.0}};
  CHECK(*kernel_fit(one, one.col(0)).converged);
  CHECK(kernel_fit(one.topRows(2), one.col(0).head(2)).linear().factor().allFinite());
}

TEST_CASE("mlkr: equal rows have M = 0; contradictory duplicates are predicted from each other") {
  const Matrix X = Matrix::Ones(4, 2);
  const Vector y{{1.0, 2.0, 3.0, 6.0}};
  const Fit fit = kernel_fit(X, y);
  CHECK(fit.linear().diagonal().isZero(0));
  CHECK(*fit.objective == doctest::Approx(16.0 / 9 * total_of(y)));  // each by the mean of the other three
  CHECK(*fit.converged);
  const Matrix pairs{{0.0}, {0.0}, {1.0}, {1.0}};
  CHECK(std::isfinite(*kernel_fit(pairs, Vector{{0.0, 1.0, 0.0, 1.0}}).objective));
}

TEST_CASE("mlkr: rows and targets of extreme size give what those of common size do") {
  const Curve curve;
  const Fit plain = kernel_fit(curve.X, curve.y, {.max_iterations = 10});
  for (const double size : {0x1p520, 0x1p-500}) {
    const Fit rows = kernel_fit(size * curve.X, curve.y, {.max_iterations = 10});
    CHECK(largest_change(plain, curve.X, rows, size * curve.X) <= 1e-9);
  }
  for (const double size : {0x1p500, 0x1p-600}) {
    const Fit target = kernel_fit(curve.X, size * curve.y, {.max_iterations = 10});
    CHECK(largest_change(plain, curve.X, target, curve.X) <= 1e-9);
    CHECK(number(target, "rmse") == doctest::Approx(size * number(plain, "rmse")).epsilon(1e-9));
  }
  CHECK_THROWS_AS(kernel_fit(curve.X, 0x1p700 * curve.y), InputError);
}

TEST_CASE("mlkr: without a start it begins at the Euclidean distance of the best scale") {
  const Matrix X = test::random_rows(100, 1, 7);
  for (const double waves : {0.2, 25.0}) {  // that take a wide and a narrow kernel
    CAPTURE(waves);
    const Vector y = (waves * X.col(0)).array().sin();
    const double one = *kernel_fit(X, y, {.max_iterations = 1}).objective;
    for (int power = -4; power <= 6; ++power) {
      const Matrix L{{std::ldexp(1.0, power)}};
      CHECK(one < 1.2 * squares_left_out(L, X, y));  // the powers are of another unit
    }
  }
}

TEST_CASE("mlkr: a start is where it begins, at a minimum it stays, and 0 is none") {
  const Curve curve;
  const Fit found = kernel_fit(curve.X, curve.y);
  Samples samples{.X = curve.X, .target = curve.y};
  samples.init = found.metric;
  const Fit again = mlkr::fit_mlkr(samples);
  CHECK(*again.iterations == 0);
  CHECK(largest_change(found, curve.X, again, curve.X) <= 1e-9);
  samples.init = metric::Metric::euclidean(3);
  const Fit one = mlkr::fit_mlkr(samples, {.max_iterations = 1});
  CHECK(*one.objective < squares_left_out(Matrix::Identity(3, 3), curve.X, curve.y));
  CHECK(!*one.converged);
  samples.init = metric::Metric::from_weights(Vector::Zero(3));
  CHECK_THROWS_AS(mlkr::fit_mlkr(samples), InputError);
}

TEST_CASE("mlkr: of several starts the lowest minimum counts; the first is that of one, the others follow the seed") {
  const Matrix X = test::random_rows(40, 3, 9);
  const Vector y = test::random_rows(40, 1, 10).col(0);
  const Fit one = kernel_fit(X, y, {.max_iterations = 60}),
            five = kernel_fit(X, y, {.max_iterations = 60, .starts = 5});
  CHECK(*five.objective < *one.objective);
  CHECK(*five.objective == doctest::Approx(squares_left_out(five.linear().factor(), X, y)).epsilon(1e-9));
  CHECK(*five.iterations > *one.iterations);
  CHECK(!one.seed);
  CHECK(*five.seed == 1);
  for (const std::uint64_t seed : {2U, 3U, 4U}) {
    const auto lowest = [&](Index starts) {
      return *kernel_fit(X, y, {.max_iterations = 60, .starts = starts, .seed = seed}).objective;
    };
    CHECK(lowest(5) != *five.objective);
    CHECK(lowest(2) <= *one.objective);
    CHECK(lowest(3) <= lowest(2));
    CHECK(lowest(5) <= lowest(3));
  }
}

TEST_CASE("mlkr: every iteration goes down and is told; the fit stops when it is asked to") {
  const Curve curve;
  std::vector<double> told;
  const Run run{Threads(),
                [&](const Progress& state) {
                  told.push_back(*state.objective);
                  return told.size() < 4;
                },
                {}};
  const Fit fit = kernel_fit(curve.X, curve.y, {}, run);
  CHECK(told.size() == 4);
  CHECK(std::is_sorted(told.rbegin(), told.rend()));
  CHECK(*fit.objective == told.back());
  CHECK(*fit.iterations == 4);
  CHECK(!*fit.converged);
}

TEST_CASE("mlkr: what cannot be predicted is refused") {
  const Matrix X{{1.0, 2.0}, {3.0, 5.0}, {4.0, 1.0}};
  const auto said = [&](const Matrix& rows, const Vector& y, Index rank) {
    return test::refusal<InputError>([&] { kernel_fit(rows, y, {.rank = rank}); });
  };
  CHECK(said(X, {}, 0) == "there is no target to predict");
  CHECK(said(X, Vector{{1.0, 2.0}}, 0) == "2 targets for 3 rows");
  CHECK(said(X.topRows(1), Vector{{1.0}}, 0) == "one row cannot be predicted by others: two are wanted");
  CHECK(said(X, Vector{{2.0, 2.0, 2.0}}, 0) == "the target is the same in all 3 rows");
  CHECK(said(X, Vector{{1.0, 2.0, 3.0}}, 3) == "--rank 3: there are only 2 features");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(said(X, Vector{{1.0, nan, 3.0}}, 0) == "every number must be finite");
}
