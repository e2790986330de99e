#include "eval/statistics/accuracies.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include <cmath>

using namespace maha;
using namespace maha::eval;

namespace {

constexpr Index kFailed = RunErrors::kFailed;

}  // namespace

TEST_CASE("comparison: standings, ranks and tests") {
  const RunErrors first{{{1, 2, 3}, {2, 3, 3}, {1, 2, 3}}, {10, 10, 10}, .5};
  const RunErrors second{{{5, 4, 3}, {4, 2, 3}, {5, 4, 6}}, {10, 10, 10}, .5};
  const AccuracyComparison comparison = compare_accuracies({first, second});
  CHECK(comparison.standings[0][0].mean->mean == doctest::Approx(.8));
  CHECK(comparison.standings[0][0].mean->sd == doctest::Approx(.1));
  CHECK(comparison.standings[0][0].rank == 1.5);  // ties with the third
  CHECK(comparison.standings[0][1].rank == 3);
  CHECK(comparison.mean_ranks == std::vector<double>{1.75, 2, 2.25});
  REQUIRE(comparison.t_tests[1].size() == 3);
  CHECK(comparison.t_tests[1][0].first == 0);
  CHECK(comparison.t_tests[1][0].second == 1);
  CHECK(comparison.t_tests[1][0].count == 3);
  CHECK(comparison.t_tests[1][0].result->p == corrected_resampled_t_test({-.1, -.2, 0}, .5)->p);
  CHECK(comparison.t_tests[0][1].result->p == 1);  // the same in every run
  REQUIRE(comparison.friedman);
  CHECK(comparison.wilcoxon.size() == 3);
}

TEST_CASE("comparison: failures come last and are left out of tests") {
  const RunErrors set{{{8, 7, kFailed}, {9, 8, 9}, {kFailed, kFailed, kFailed}}, {10, 10, 10}, .1};
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
  const RunErrors set{{{9, 8, 7, 3}, {3, 7, 8, 9}}, {10, 10, 10, 10}, .1};
  CHECK(compare_accuracies({set}).standings[0][0].rank == 1.5);
}

// wdbc in five folds: one has a row less, so that an error there weighs more in a mean of shares.
TEST_CASE("comparison: as many errors in folds of a row more or less are the same accuracy, and a tie everywhere") {
  const RunErrors folds{{{7, 3, 4, 2, 3}, {3, 3, 4, 2, 7}, {3, 3, 4, 2, 6}}, {114, 114, 114, 114, 113}, .25};
  const AccuracyComparison both = compare_accuracies({folds, folds, folds});
  for (const std::vector<Standing>& set : both.standings) {
    CHECK(set[0].mean->mean == set[1].mean->mean);
    CHECK(set[0].mean->mean == 550. / 569);
    CHECK(set[0].mean->sd != set[1].mean->sd);
    CHECK(set[0].rank == 2.5);
    CHECK(set[1].rank == 2.5);
    CHECK(set[2].rank == 1);
  }
  CHECK(both.mean_ranks == std::vector<double>{2.5, 2.5, 1});
  CHECK(both.wilcoxon[0].result->p == 1);
  CHECK(both.friedman->statistic == doctest::Approx(6));
}

TEST_CASE("comparison: runs of other sizes than each other count alike, and a run without figures has no size") {
  const RunErrors uneven{{{5, 0}, {0, 5}}, {10, 100}, .25};
  const std::vector<Standing> standings = compare_accuracies({uneven}).standings[0];
  CHECK(standings[0].mean->mean == doctest::Approx(.75));
  CHECK(standings[1].mean->mean == doctest::Approx(.975));
  CHECK(standings[1].rank == 1);
  const RunErrors failed{{{5, kFailed, 1}, {4, kFailed, 2}}, {50, 0, 51}, .25};
  CHECK(compare_accuracies({failed}).standings[0][1].rank == 1.5);
}

// Of 30 rows the shares 24/30 - 23/30, 22/30 - 21/30, ... differ in their last bits.
TEST_CASE("comparison: one row more in each run is the same difference, whatever rounding makes of the shares") {
  const RunErrors set{{{6, 7, 8, 9}, {5, 6, 7, 8}, {5, 6, 7, 7}}, {30, 30, 30, 30}, .1};
  const std::vector<PairTest> tests = compare_accuracies({set}).t_tests[0];
  CHECK_FALSE(tests[0].result);
  CHECK(tests[1].result);
  const RunErrors sizes{{{2, 4}, {1, 2}}, {30, 60}, .1};  // 1/30 and 2/60
  CHECK_FALSE(compare_accuracies({sizes}).t_tests[0][0].result);
  const RunErrors same{{{3, 3, 3}, {3, 3, 3}}, {10, 10, 10}, .1};
  const AccuracyComparison equal = compare_accuracies({same});
  CHECK(equal.t_tests[0][0].result->p == 1);
  CHECK(equal.standings[0][0].mean->mean == .7);
  CHECK(equal.standings[0][0].mean->sd == 0);
}

TEST_CASE("of a regression the lowest RMSE ranks first, failures last, and tests are of who is lower") {
  const double failed = std::numeric_limits<double>::quiet_NaN();
  RunErrors set;
  set.rows = {10, 10, 10};
  set.test_share = 0.5;
  set.rmse = {{5, 6, 7}, {4, 4.5, 6.5}, {1, failed, 1}, {5, 6, 7 * (1 + 1e-15)}};
  const AccuracyComparison one = compare_accuracies({set});
  const std::vector<Standing>& standings = one.standings[0];
  CHECK(standings[0].mean->mean == doctest::Approx(6));
  CHECK(standings[1].mean->mean == doctest::Approx(5));
  CHECK(standings[2].failed == 1);
  CHECK(standings[1].rank == 1);
  CHECK(standings[0].rank == 2.5);  // with what differs from it by rounding
  CHECK(standings[3].rank == 2.5);
  CHECK(standings[2].rank == 4);
  const PairTest& first = one.t_tests[0].front();  // of the first two
  CHECK(first.result->statistic < 0);              // the second is better
  const auto same = corrected_resampled_t_test({-1, -1.5, -0.5}, 0.5);
  CHECK(first.result->statistic == doctest::Approx(same->statistic));
  CHECK(first.result->p == doctest::Approx(same->p));
}

TEST_CASE("over sets with targets of different units, the unit of none decides a test") {
  std::vector<RunErrors> sets, scaled;
  for (int s = 0; s < 6; ++s) {
    RunErrors set;
    set.rows = {10, 10};
    set.rmse = {{10.0 + s, 11.0}, {9.0, 10.0 + 0.3 * s}, {12.0, 13.0}};
    sets.push_back(set);
    for (auto& runs : set.rmse) {
      for (double& value : runs) value *= std::ldexp(1.0, 3 * s);
    }
    scaled.push_back(set);
  }
  const AccuracyComparison plain = compare_accuracies(sets), other = compare_accuracies(scaled);
  REQUIRE(plain.wilcoxon.size() == 3);
  for (std::size_t t = 0; t < 3; ++t) CHECK(plain.wilcoxon[t].result->p == other.wilcoxon[t].result->p);
  CHECK(plain.mean_ranks == other.mean_ranks);
  CHECK(plain.friedman->p == other.friedman->p);
}
