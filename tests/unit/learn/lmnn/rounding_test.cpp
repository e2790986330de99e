/// LMNN where rounding matters: features that nearly depend on each other, and numbers whose squares overflow or
/// vanish.

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "learn/lmnn/lmnn.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/lmnn/lmnn_check.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::learn;
using namespace maha::learn::lmnn;

namespace {

/// Wine without its units, with the first feature once more: plus noise of that size.
Dataset with_a_copy(double noise) {
  Dataset data = read_dataset("wine");
  data.X = prepare::fit_preprocessing(data.X, {prepare::Scale::zscore, 0}).apply(data.X);
  Matrix X(data.X.rows(), data.X.cols() + 1);
  X << data.X, data.X.col(0) + noise * test::random_rows(data.X.rows(), 1, 7).col(0);
  data.X = X;
  return data;
}

/// The same as lmnn_check::objective by way of L, since M of a nearly dependent feature cancels.
double objective_by_factor(const Dataset& data, const metric::Metric& metric) {
  const Matrix P = metric.transform(data.X);
  const auto targets = lmnn_check::targets(data.X, data.y, 3);
  double sum = 0;
  for (Index i = 0; i < P.rows(); ++i) {
    for (const Index j : targets[i]) {
      const double pull = (P.row(i) - P.row(j)).squaredNorm();
      sum += 0.5 * pull;
      for (Index l = 0; l < P.rows(); ++l) {
        if (data.y[l] != data.y[i]) sum += 0.5 * std::max(0.0, 1 + pull - (P.row(i) - P.row(l)).squaredNorm());
      }
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("lmnn: the objective is that of the metric, however nearly a feature depends on another") {
  double before = 1e300;
  for (const double noise : {1e-2, 1e-4, 1e-5, 2e-6}) {
    const Dataset data = with_a_copy(noise);
    const Fit result = fit_lmnn({data.X, data.y});
    CHECK(converged(result));
    CHECK(result.warnings.empty());
    const double F = objective_by_factor(data, result.linear());
    CHECK(number(result, "objective") == doctest::Approx(F).epsilon(1e-8));
    CHECK(number(result, "bound") < F);
    CHECK(number(result, "bound") > (1 - 1.001e-3) * F);
    CHECK(F < 1.1 * before);  // noise of any size is as good as of another
    before = F;
  }
}

TEST_CASE("lmnn: the metric is the one that was fitted, where a copy is on the brink of being told from its feature") {
  for (const double noise : {5e-7, 2.4e-7, 1.2e-7, 6e-8, 3e-8, 1.5e-8}) {
    const Dataset data = with_a_copy(noise);
    const Fit result = fit_lmnn({data.X, data.y});
    CHECK(number(result, "objective") == doctest::Approx(objective_by_factor(data, result.linear())).epsilon(1e-4));
  }
}

TEST_CASE("lmnn: beside a row far away the others keep their differences, or what is left out is said") {
  Dataset data;
  data.X.resize(7, 2);
  data.X << 0, 0, 1, 1, 0, 5, 1, 6, 0, 0.1, 1, 1.2, 0, 0;
  data.y = {0, 0, 1, 1, 0, 0, 0};
  for (const double far : {1e12, 1e15, 1e17, 1e18, 1e25}) {
    data.X.row(6) << far, far;
    const Fit result = fit_lmnn({data.X, data.y}, {.k = 1});
    if (number(result, "objective") > 0.01) CHECK(number(result, "left_out") == 1);  // 0.0042 can be had
  }
}

TEST_CASE("lmnn: a direction that is left out is said, and the bound is for metrics without it") {
  const Dataset data = with_a_copy(1e-9);
  Samples samples{data.X, data.y};
  samples.feature_names.assign(14, "other");
  samples.feature_names[0] = "alcohol", samples.feature_names[13] = "copy";
  const Fit result = fit_lmnn(samples);
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].text.find("features alcohol, copy depend on others but for") == 0);
  CHECK(number(result, "left_out") == 1);
  const Vector along = Vector::Unit(14, 0) - Vector::Unit(14, 13);
  CHECK((result.linear().factor() * along).norm() <= 1e-6 * result.linear().factor().norm());

  const Fit exact = fit_lmnn({with_a_copy(0).X, data.y});  // without a rest there is nothing to say
  CHECK(exact.warnings.empty());
  CHECK(!value_of(exact, "left_out"));
  CHECK(number(exact, "objective") == doctest::Approx(number(result, "objective")).epsilon(2e-3));
  CHECK(number(exact, "bound") <= number(result, "objective"));
  CHECK(number(result, "bound") <= number(exact, "objective"));
}

TEST_CASE("lmnn: a power of two in the units of all features changes nothing, overflow or not") {
  const Dataset data = with_a_copy(0.1);
  const Fit plain = fit_lmnn({data.X, data.y});
  for (const int exponent : {-500, 500, 900}) {
    const Matrix X = data.X.unaryExpr([=](double x) { return std::ldexp(x, exponent); });
    const Fit result = fit_lmnn({X, data.y});
    CHECK(number(result, "objective") == number(plain, "objective"));
    const Matrix back = result.linear().factor().unaryExpr([=](double x) { return std::ldexp(x, exponent); });
    CHECK(back == plain.linear().factor());
  }
  CHECK_THROWS_AS(fit_lmnn({data.X * 0x1p-900, data.y}), InputError);  // M would overflow
  Matrix mixed = data.X;
  mixed.col(1) *= 1e-200;
  CHECK_THROWS_WITH_AS(fit_lmnn({mixed, data.y}), doctest::Contains("feature 2 varies by"), InputError);
  mixed.col(1) *= 1e100;
  mixed.col(0) *= 1e100;
  CHECK_THROWS_AS(fit_lmnn({mixed, data.y}), InputError);
}
