#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/stratified.hpp"
#include "eval/regression/knn_regressor.hpp"
#include "eval/regression/scores.hpp"

using namespace maha;
using namespace maha::eval;

namespace {

/// One query, whose neighbours are the rows 0, 1, ... at these distances.
neighbors::NeighborLists at_distances(const std::vector<double>& distances) {
  neighbors::NeighborLists lists;
  lists.k = static_cast<Index>(distances.size());
  for (std::size_t i = 0; i < distances.size(); ++i) {
    lists.index.push_back(static_cast<Index>(i));
    lists.squared.push_back(distances[i] * distances[i]);
  }
  return lists;
}

}  // namespace

TEST_CASE("k-NN regression: the mean of the first k, plain or by 1/distance") {
  const auto lists = at_distances({1, 2, 4});
  const Vector y{{3.0, 6.0, 12.0}};
  const auto plain = knn_means(lists, y, {3, 1});
  CHECK(plain[0].k == 3);
  CHECK(plain[0].value[0] == doctest::Approx(7));
  CHECK(plain[1].value[0] == 3);
  CHECK(knn_means(lists, y, {3}, Averaging::weighted)[0].value[0] == doctest::Approx((3 + 3 + 3) / 1.75));
}

TEST_CASE("k-NN regression: rows at distance 0 alone count where votes are weighted; huge targets have a mean") {
  const Vector y{{3.0, 5.0, 100.0}};
  CHECK(knn_means(at_distances({0, 0, 1}), y, {3}, Averaging::weighted)[0].value[0] == 4);
  CHECK(knn_means(at_distances({0, 0, 0}), y, {3}, Averaging::weighted)[0].value[0] == 36);
  const Vector huge{{1.5e308, 1.7e308, -1e308}};
  CHECK(knn_means(at_distances({1, 1, 1}), huge, {3})[0].value[0] == doctest::Approx(1.1e308 / 1.5));
}

TEST_CASE("k-NN regression: a k that was not searched, and a row without a target, are refused") {
  CHECK_THROWS_AS(knn_means(at_distances({1, 2}), Vector{{1.0, 2.0}}, {3}), InputError);
  CHECK_THROWS_AS(knn_means(at_distances({1, 2}), Vector{{1.0, 2.0}}, {0}), InputError);
  CHECK_THROWS_AS(knn_means(at_distances({1, 2}), Vector{{1.0}}, {1}), InputError);
}

TEST_CASE("regression scores: from their definitions, and in any unit") {
  const Vector y{{1.0, 2.0, 3.0, 6.0}}, predicted{{2.0, 2.0, 1.0, 6.0}};
  for (const double unit : {1.0, 0x1p600, 0x1p-600}) {
    CAPTURE(unit);
    const RegressionScores scores = regression_scores(unit * y, unit * predicted);
    CHECK(scores.rmse / unit == doctest::Approx(std::sqrt(1.25)));
    CHECK(scores.mae / unit == doctest::Approx(0.75));
    CHECK(*scores.r2 == doctest::Approx(1 - 5.0 / 14));
  }
  CHECK(*regression_scores(y, y).r2 == 1);
  CHECK(*regression_scores(y, Vector::Constant(4, 3)).r2 == doctest::Approx(0));
  CHECK(!regression_scores(Vector::Constant(3, 7), Vector{{7.0, 8.0, 7.0}}).r2);
  CHECK_THROWS_AS(regression_scores(y, Vector{{1.0}}), InputError);
}

TEST_CASE("strata of a target: tenths in the order of the targets, equal ones together, small sets in fewer") {
  Random random(3);
  Vector y(100);
  for (double& value : y) value = random.uniform();
  const Labels strata = quantile_strata(y);
  std::map<int, Index> sizes;
  for (const int s : strata) ++sizes[s];
  CHECK(sizes.size() == 10);
  for (const auto& entry : sizes) CHECK(entry.second == 10);
  for (Index i = 0; i < 100; ++i) {
    for (Index j = 0; j < 100; ++j) {
      if (y[i] < y[j]) CHECK(strata[static_cast<std::size_t>(i)] <= strata[static_cast<std::size_t>(j)]);
    }
  }
  CHECK(quantile_strata(Vector::Constant(50, 2)) == Labels(50, 0));
  CHECK(quantile_strata(Vector{{3.0, 1.0, 2.0, 5.0}}) == Labels(4, 0));
  const Labels two = quantile_strata(Vector{{0.0, 9.0, 1.0, 8.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0}});
  CHECK(two == Labels{0, 1, 0, 1, 0, 1, 0, 1, 0, 1});
}
