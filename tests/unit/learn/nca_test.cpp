#include "learn/nca/nca.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "learn/nca/descent.hpp"
#include "learn/nca/problem.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using nca::NcaOptions;
using nca::Objective;
using test::largest_change;

namespace {

/// Some 60 rows of three classes, as iris lists them in turn, standardised.
struct Few {
  Matrix X;
  Labels y;
};

Few few_rows() {
  const Dataset iris = read_dataset("iris");
  Few few{Matrix(60, 4), {}};
  for (Index i = 0; i < 60; ++i) {
    const Index row = (i % 3) * 50 + i / 3;
    few.X.row(i) = iris.X.row(row);
    few.y.push_back(iris.y[static_cast<std::size_t>(row)]);
  }
  return few;
}

/// f as the paper writes it, over all pairs and in long double.
double soft_vote(const Matrix& Z, const Labels& y, Objective objective) {
  long double sum = 0;
  const auto n = static_cast<Index>(y.size());
  for (Index i = 0; i < n; ++i) {
    long double own = 0, all = 0;
    for (Index j = 0; j < n; ++j) {
      if (j == i) continue;
      const long double e = std::exp(-static_cast<long double>((Z.row(i) - Z.row(j)).squaredNorm()));
      all += e;
      if (y[static_cast<std::size_t>(i)] == y[static_cast<std::size_t>(j)]) own += e;
    }
    sum += objective == Objective::accuracy ? own / all : std::log(own / all);
  }
  return static_cast<double>(sum / static_cast<long double>(n));
}

Fit nca_fit(const Matrix& X, const Labels& y, const NcaOptions& options = {}, const Run& run = {}) {
  return nca::fit_nca({.X = X, .y = y}, options, run);
}

}  // namespace

TEST_CASE("nca: the objective is that of the paper, and its gradient that of finite differences") {
  const Few few = few_rows();
  const nca::SortedRows rows = nca::sorted_by_class(few.X, few.y);
  Labels sorted = few.y;
  std::stable_sort(sorted.begin(), sorted.end());
  const Matrix L = test::random_rows(2, 4, 1);
  constexpr double kStep = 1e-5;
  for (const Objective objective : {Objective::accuracy, Objective::log_likelihood}) {
    const linalg::DistanceLoss at = linalg::distance_loss(rows.X, L, nca::loss_of(rows, objective), Run());
    CHECK(-at.value / 60 == doctest::Approx(soft_vote(rows.X * L.transpose(), sorted, objective)).epsilon(1e-12));
    const Matrix G = -2 * L * at.scatter / 60;
    for (Index k = 0; k < L.size(); ++k) {
      Matrix up = L, down = L;
      up.data()[k] += kStep;
      down.data()[k] -= kStep;
      const double slope = (soft_vote(rows.X * up.transpose(), sorted, objective) -
                            soft_vote(rows.X * down.transpose(), sorted, objective)) /
                           (2 * kStep);
      CHECK(std::abs(G.data()[k] - slope) <= 1e-7 * G.norm());
    }
  }
}

TEST_CASE("nca: a fit reports the objective of its own metric, better than before, with a small gradient") {
  const Few few = few_rows();
  for (const Objective objective : {Objective::accuracy, Objective::log_likelihood}) {
    const Fit start = nca_fit(few.X, few.y, {.objective = objective, .max_iterations = 0});
    const Fit fit = nca_fit(few.X, few.y, {.objective = objective, .tolerance = 1e-4});
    CHECK(number(fit, "objective") ==
          doctest::Approx(soft_vote(fit.linear().transform(few.X), few.y, objective)).epsilon(1e-9));
    CHECK(number(fit, "objective") > number(start, "objective") + 0.01);
    CHECK_FALSE(converged(start));
    CHECK(converged(fit));
    CHECK(fit.local_minimum);
    CHECK(number(fit, "gradient") <= 1e-4);
    CHECK(number(fit, "rank") == 4);
    // The gradient by finite differences along the scale of L: |d f(cL)/dc| <= |grad f| |L|.
    const Matrix Z = fit.linear().transform(few.X);
    const double slope = (soft_vote(1.0001 * Z, few.y, objective) - soft_vote(0.9999 * Z, few.y, objective)) / 0.0002;
    CHECK(std::abs(slope) <= number(fit, "gradient") + 1e-6);
  }
}

TEST_CASE("nca: neither units, offset, order of rows nor names of classes change a distance") {
  const Few few = few_rows();
  const NcaOptions options{.tolerance = 1e-6};
  const Fit plain = nca_fit(few.X, few.y, options);
  const Matrix moved = (few.X * 1024).rowwise() + RowVector::Constant(4, 1e3);
  CHECK(largest_change(plain, few.X, nca_fit(moved, few.y, options), moved) <= 1e-4);
  Labels named;
  for (const int c : few.y) named.push_back(2 - c);
  CHECK(largest_change(plain, few.X, nca_fit(few.X, named, options), few.X) <= 1e-4);
  const Matrix backwards = few.X.colwise().reverse();
  CHECK(largest_change(plain, few.X, nca_fit(backwards, Labels(few.y.rbegin(), few.y.rend()), options), few.X) <= 1e-4);
  Matrix wide(60, 6);
  wide << few.X, Vector::Constant(60, 3), few.X.col(1);
  const Fit of_wide = nca_fit(wide, few.y);
  CHECK(number(of_wide, "rank") == 4);
  CHECK(number(of_wide, "objective") > 0.9);
  const Fit tiny = nca_fit(1e-150 * few.X, few.y, options), huge = nca_fit(1e150 * few.X, few.y, options);
  CHECK(largest_change(plain, few.X, tiny, 1e-150 * few.X) <= 1e-4);
  CHECK(largest_change(plain, few.X, huge, 1e150 * few.X) <= 1e-4);
}

TEST_CASE("nca: the same bits on any number of threads, by mini-batches too") {
  const Few few = few_rows();
  for (const NcaOptions& options : {NcaOptions{}, NcaOptions{.diagonal = true}, NcaOptions{.batch = 20}}) {
    const Fit one = nca_fit(few.X, few.y, options);
    const Fit three = nca_fit(few.X, few.y, options, {Threads(3), {}});
    CHECK(one.linear().factor() == three.linear().factor());
    CHECK(one.objective == three.objective);
  }
}

TEST_CASE("nca: a rank keeps so many directions, and a start its own") {
  const Few few = few_rows();
  const Fit plane = nca_fit(few.X, few.y, {.rank = 2});
  CHECK(plane.linear().factor().rows() == 2);
  CHECK(number(plane, "objective") > 0.93);
  CHECK(number(plane, "objective") ==
        doctest::Approx(soft_vote(plane.linear().transform(few.X), few.y, Objective::accuracy)).epsilon(1e-9));
  const Fit stays = nca::fit_nca(started({.X = few.X, .y = few.y}, plane.metric), {.max_iterations = 0}, {});
  CHECK(largest_change(plane, few.X, stays, few.X) <= 1e-8);
  CHECK(number(stays, "objective") == doctest::Approx(number(plane, "objective")).epsilon(1e-9));
  for (const bool diagonal : {false, true}) {
    const auto from = [&](double weight) {
      const metric::Metric start = metric::Metric::from_weights(Vector::Constant(4, weight));
      return test::refusal<InputError>(
          [&] { nca::fit_nca(started({.X = few.X, .y = few.y}, start), {.diagonal = diagonal}, {}); });
    };
    CHECK(from(0) == "the metric to start from is 0 for all rows, from where no gradient leads away");
    CHECK(from(1e300) == "the metric to start from is too large: powers of its distances overflow");
  }
  Few level = few;
  level.X.col(3).setOnes();
  const Samples flat{.X = level.X, .y = level.y};
  const metric::Metric elsewhere = metric::Metric::from_weights(Vector{{0.0, 0.0, 0.0, 1.0}});
  CHECK(test::refusal<InputError>([&] {
          nca::fit_nca(started(flat, elsewhere), {}, {});
        }).starts_with("the metric to start from is 0 for all rows"));
}

TEST_CASE("nca: weights of features, with exact zeros where a penalty outweighs them") {
  Few few = few_rows();
  Matrix X(60, 7);
  X << few.X, test::random_rows(60, 3, 5);  // three features of noise
  const Fit fit = nca_fit(X, few.y, {.diagonal = true, .l1 = 0.02, .tolerance = 1e-5});
  REQUIRE(fit.linear().form() == metric::Metric::Form::weights);
  CHECK(converged(fit));
  const Vector m = fit.linear().diagonal();
  CHECK(m.tail(3) == Vector::Zero(3));
  CHECK(m.head(4).maxCoeff() > 0);
  CHECK(number(fit, "weighted") == static_cast<double>((m.array() > 0).count()));
  const RowVector variances = (X.rowwise() - RowVector(X.colwise().mean())).colwise().squaredNorm() / 60;
  const double penalised =
      soft_vote(fit.linear().transform(X), few.y, Objective::accuracy) - 0.02 * variances.dot(m.transpose());
  CHECK(number(fit, "objective") == doctest::Approx(penalised).epsilon(1e-9));
  // No weight can be moved up or down for the better.
  for (Index k = 0; k < 7; ++k) {
    for (const double step : {1e-3, -1e-3}) {
      Vector other = m;
      other[k] += step / variances[k];
      if (other[k] < 0) continue;
      const Matrix Z = X * other.cwiseSqrt().asDiagonal();
      CHECK(soft_vote(Z, few.y, Objective::accuracy) - 0.02 * variances.dot(other.transpose()) <= penalised + 1e-7);
    }
  }
  const Fit none = nca_fit(X, few.y, {.diagonal = true, .l1 = 100});
  CHECK(none.linear().diagonal() == Vector::Zero(7));
  CHECK(converged(none));
  CHECK(number(nca_fit(X, few.y, {.diagonal = true}), "objective") > number(fit, "objective"));
}

TEST_CASE("nca: mini-batches of almost all rows come near the fit of all, and the seed decides") {
  const Few few = few_rows();
  const Fit all = nca_fit(few.X, few.y);
  const Fit batches = nca_fit(few.X, few.y, {.batch = 59, .passes = 200});
  CHECK(number(batches, "batch") == 59);
  CHECK(number(batches, "objective") > number(all, "objective") - 0.01);
  CHECK(number(batches, "objective") ==
        doctest::Approx(soft_vote(batches.linear().transform(few.X), few.y, Objective::accuracy)).epsilon(1e-9));
  CHECK(converged(batches) == (number(batches, "gradient") <= 1e-3));
  const Fit again = nca_fit(few.X, few.y, {.batch = 20, .seed = 1}),
            other = nca_fit(few.X, few.y, {.batch = 20, .seed = 2});
  CHECK(again.linear().factor() != other.linear().factor());
  CHECK(*again.seed == 1);
}

TEST_CASE("nca: rows that are equal, contradict each other, stand alone or are few") {
  const Fit equal = nca_fit(Matrix::Ones(6, 3), {0, 0, 1, 1, 1, 2});
  CHECK(number(equal, "rank") == 0);
  CHECK(number(equal, "objective") == doctest::Approx((2 * 1.0 / 5 + 3 * 2.0 / 5) / 6));
  CHECK(converged(equal));
  const Fit two = nca_fit(Matrix{{1.0}, {1.0}, {2.0}}, {0, 1, 0});
  CHECK(std::isfinite(number(two, "objective")));
  CHECK(two.linear().factor().allFinite());
  for (const Objective objective : {Objective::accuracy, Objective::log_likelihood}) {
    const Matrix X = test::random_rows(12, 40, 6);  // fewer rows than features; the last stands alone
    const Fit wide = nca_fit(X, {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2}, {.objective = objective});
    CHECK(wide.linear().factor().rows() == 11);
    CHECK(wide.linear().factor().allFinite());
    CHECK(number(wide, "objective") > (objective == Objective::accuracy ? 0.8 : -0.1));
  }
  CHECK(test::refusal<InputError>([] { nca_fit(Matrix::Ones(2, 1), {0, 0}); }) == "all 2 rows are of one class");
  CHECK(test::refusal<InputError>([] { nca_fit(Matrix::Ones(2, 1), {0, 1}); }) == "no class has more than one row");
  CHECK(test::refusal<InputError>([] {
          nca_fit(Matrix::Ones(3, 1), {0, 1, 1}, {.rank = 2});
        }) == "--rank 2: there is only 1 feature");
  CHECK(test::refusal<UsageError>([] {
          nca_fit(Matrix::Ones(3, 1), {0, 1, 1}, {.l1 = 1});
        }) == "--l1: goes with --diagonal");
}

TEST_CASE("nca: a fit that is stopped keeps what it has, and is not converged") {
  const Few few = few_rows();
  int told = 0;
  const Run twice{Threads(), [&](const Progress&) { return ++told < 3; }};
  const Fit fit = nca_fit(few.X, few.y, {.tolerance = 1e-9}, twice);
  CHECK(*fit.iterations == 2);
  CHECK_FALSE(converged(fit));
  const Run at_once{Threads(), {}, [] { return true; }};
  for (const NcaOptions& options : {NcaOptions{}, NcaOptions{.batch = 20}, NcaOptions{.diagonal = true}}) {
    const Fit none = nca_fit(few.X, few.y, options, at_once);
    CHECK_FALSE(converged(none));
    CHECK(none.linear().factor().allFinite());
    CHECK_FALSE(none.objective.has_value());
  }
}

TEST_CASE("nca: stopped at any moment, a fit has the gradient of its own metric, and has converged only at the end") {
  const Few few = few_rows();
  for (const bool diagonal : {false, true}) {
    CAPTURE(diagonal);
    const auto asked_until = [&](int moment, int& asked) {
      Run run;
      run.stop_asked = [&asked, moment] { return ++asked > moment; };
      return nca_fit(few.X, few.y, {.diagonal = diagonal}, run);
    };
    int moments = 0;
    const Fit whole = asked_until(1 << 20, moments);
    REQUIRE(converged(whole));
    REQUIRE(moments > 20);
    for (int moment = 0; moment < moments; ++moment) {
      CAPTURE(moment);
      int asked = 0;
      const Fit fit = asked_until(moment, asked);
      CHECK_FALSE((converged(fit) && fit.iterations < whole.iterations));
      if (fit.objective) CHECK(number(fit, "gradient") > 0);
    }
  }
}
