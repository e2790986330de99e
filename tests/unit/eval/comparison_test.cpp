#include "eval/comparison.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace maha;

namespace {

const double kFailed = std::nan("");

}  // namespace

TEST_CASE("comparison: standings, ranks and tests") {
  const RunAccuracies first{{{.9, .8, .7}, {.8, .7, .7}, {.9, .8, .7}}, .5};
  const RunAccuracies second{{{.5, .6, .7}, {.6, .8, .7}, {.5, .6, .4}}, .5};
  const AccuracyComparison comparison = compare_accuracies({first, second});
  CHECK(comparison.standings[0][0].mean->mean == doctest::Approx(.8));
  CHECK(comparison.standings[0][0].mean->sd == doctest::Approx(.1));
  CHECK(comparison.standings[0][0].rank == 1.5);  // ties with the third
  CHECK(comparison.standings[0][1].rank == 3);
  CHECK(comparison.mean_ranks == std::vector<double>{1.75, 2, 2.25});
  REQUIRE(comparison.t_tests[1].size() == 3);
  CHECK(comparison.t_tests[1][0].first == 0);
  CHECK(comparison.t_tests[1][0].second == 1);
  CHECK(comparison.t_tests[1][0].result.p == corrected_resampled_t_test({.5 - .6, .6 - .8, .7 - .7}, .5).p);
  CHECK(comparison.t_tests[0][1].result.p == 1);  // the same in every run
  REQUIRE(comparison.friedman);
  CHECK(comparison.wilcoxon.size() == 3);
}

TEST_CASE("comparison: failures come last and are left out of tests") {
  const RunAccuracies set{{{.2, .3, kFailed}, {.1, .2, .1}, {kFailed, kFailed, kFailed}}, .1};
  const AccuracyComparison comparison = compare_accuracies({set});
  const std::vector<Standing>& standings = comparison.standings[0];
  CHECK(standings[0].runs == 2);
  CHECK(standings[0].failed == 1);
  CHECK(standings[0].mean->mean == doctest::Approx(.25));
  CHECK(standings[0].rank == 2.5);
  CHECK(standings[1].rank == 1);
  CHECK(!standings[2].mean);
  CHECK(comparison.t_tests[0].size() == 1);
  CHECK(!comparison.friedman);
  CHECK(comparison.wilcoxon.empty());
}

TEST_CASE("comparison: the order of equal runs changes no rank") {
  const RunAccuracies set{{{.1, .2, .3, .7}, {.7, .3, .2, .1}}, .1};
  CHECK(compare_accuracies({set}).standings[0][0].rank == 1.5);
}
