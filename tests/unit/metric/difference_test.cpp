#include "metric/difference.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/metric/squared_distance.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::metric;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a metric and a multiple of it rank all distances alike") {
  const Matrix B = test::random_rows(6, 6, 1);
  const SquareMatrix M = B.transpose() * B;
  const MetricDifference found = compare(Metric::from_matrix(4 * M), Metric::from_matrix(M));
  CHECK(found.same_order);
  CHECK(found.angle <= 1e-12);
  CHECK(found.scale == doctest::Approx(4).epsilon(1e-14));
  CHECK(found.relative_difference == doctest::Approx(0.75).epsilon(1e-14));
  CHECK(found.lowest_ratio == doctest::Approx(2).epsilon(1e-9));
  CHECK(found.highest_ratio == doctest::Approx(2).epsilon(1e-9));
}

TEST_CASE("diagonal metrics, by hand") {
  const MetricDifference found = compare(Metric::from_weights((Vector(2) << 1, 4).finished()),
                                         Metric::from_weights((Vector(2) << 4, 1).finished()));
  CHECK(found.angle == doctest::Approx(180 / 3.14159265358979 * std::acos(8.0 / 17)).epsilon(1e-12));
  CHECK(found.relative_difference == doctest::Approx(std::sqrt(18.0 / 17)).epsilon(1e-14));
  CHECK(found.lowest_ratio == doctest::Approx(0.5).epsilon(1e-13));
  CHECK(found.highest_ratio == doctest::Approx(2).epsilon(1e-13));
  CHECK_FALSE(found.same_order);
}

TEST_CASE("no pair of points exceeds the ratios, and they are attained nearly") {
  const Metric A = Metric::from_factor(test::random_rows(3, 3, 2) + 2 * Matrix::Identity(3, 3));
  const Metric B = Metric::from_factor(test::random_rows(5, 3, 3));
  const MetricDifference found = compare(A, B);
  double low = kInfinity, high = 0;
  const RowVector origin = RowVector::Zero(3);
  const Matrix directions = test::random_rows(20000, 3, 4);
  for (const auto& v : directions.rowwise()) {
    const double ratio = std::sqrt(test::squared_distance(A, v, origin) / test::squared_distance(B, v, origin));
    low = std::min(low, ratio);
    high = std::max(high, ratio);
  }
  CHECK(low >= found.lowest_ratio * (1 - 1e-9));
  CHECK(high <= found.highest_ratio * (1 + 1e-9));
  CHECK(low <= found.lowest_ratio * 1.2);
  CHECK(high >= found.highest_ratio / 1.2);
}

TEST_CASE("low-rank factors over many features are compared in the space they span") {
  Matrix LA = Matrix::Zero(2, 10000), LB = Matrix::Zero(2, 10000);
  LA(0, 7) = 3;
  LA(1, 5000) = 1;
  LB(0, 7) = 1;
  LB(1, 5000) = 2;
  const MetricDifference found = compare(Metric::from_factor(LA), Metric::from_factor(LB));
  CHECK(found.lowest_ratio == doctest::Approx(0.5).epsilon(1e-12));
  CHECK(found.highest_ratio == doctest::Approx(3).epsilon(1e-12));
  CHECK(found.scale == doctest::Approx((9 + 4) / 17.0).epsilon(1e-12));
  // only A sees feature 9999, only B feature 5000
  LA(1, 5000) = 0;
  LA(1, 9999) = 1;
  const MetricDifference apart = compare(Metric::from_factor(LA), Metric::from_factor(LB));
  CHECK(apart.lowest_ratio == 0);
  CHECK(apart.highest_ratio == kInfinity);
  CHECK_FALSE(apart.same_order);
}

TEST_CASE("equal low-rank metrics, and metrics that are 0") {
  const Metric L = Metric::from_factor(test::random_rows(2, 5, 5));
  CHECK(compare(L, L).same_order);
  CHECK(compare(L, L).angle <= 1e-12);
  Matrix scaled = test::random_rows(2, 50, 6);
  scaled.col(3) *= 1e9;
  scaled.col(4) *= 1e-9;
  const MetricDifference multiple = compare(Metric::from_factor(3 * scaled), Metric::from_factor(scaled));
  CHECK(multiple.same_order);
  CHECK(multiple.lowest_ratio == doctest::Approx(3).epsilon(1e-9));
  const Metric zero = Metric::from_matrix(SquareMatrix::Zero(5, 5));
  CHECK(compare(zero, zero).same_order);
  CHECK(compare(zero, L).highest_ratio == 0);
  CHECK(compare(L, zero).lowest_ratio == kInfinity);
  CHECK_FALSE(compare(L, zero).same_order);
  CHECK_THROWS_AS(compare(L, Metric::euclidean(4)), InputError);
}

TEST_CASE("metrics of any size are compared") {
  const SquareMatrix one = SquareMatrix::Identity(1, 1);
  const MetricDifference same = compare(Metric::from_matrix(one * 1e160), Metric::from_matrix(one * 1e160));
  CHECK(same.relative_difference == 0);
  CHECK(same.scale == 1);
  CHECK(same.lowest_ratio == doctest::Approx(1));
  const MetricDifference apart = compare(Metric::from_matrix(one * 1e300), Metric::from_matrix(one * 1e-300));
  CHECK(apart.highest_ratio == doctest::Approx(1e300));
  CHECK(apart.relative_difference == 1);
  const Matrix L = test::random_rows(3, 4, 5), K = test::random_rows(2, 4, 6);
  const MetricDifference common = compare(Metric::from_factor(L), Metric::from_factor(K));
  for (const double unit : {0x1p500, 0x1p-700}) {
    const MetricDifference found = compare(Metric::from_factor(L * unit), Metric::from_factor(K * unit));
    CHECK(found.angle == common.angle);
    CHECK(found.scale == common.scale);
    CHECK(found.relative_difference == common.relative_difference);
    CHECK(found.lowest_ratio == common.lowest_ratio);
    CHECK(found.highest_ratio == common.highest_ratio);
  }
}
