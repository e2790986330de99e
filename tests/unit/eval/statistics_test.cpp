#include "eval/statistics/statistics.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"

using namespace maha;
using namespace maha::eval;

namespace {

/// Wilcoxon's p by all 2^n signs of the ranks, which are found by counting.
TestResult by_all_signs(const std::vector<double>& differences) {
  std::vector<double> sizes;
  for (const double d : differences) {
    if (d != 0) sizes.push_back(std::abs(d));
  }
  std::vector<double> ranks;
  for (const double size : sizes) {
    const auto below = std::count_if(sizes.begin(), sizes.end(), [&](double s) { return s < size; });
    const auto same = std::count(sizes.begin(), sizes.end(), size);
    ranks.push_back(static_cast<double>(below) + static_cast<double>(same + 1) / 2);
  }
  double plus = 0, all = 0;
  std::size_t at = 0;
  for (const double d : differences) {
    if (d == 0) continue;
    all += ranks[at];
    if (d > 0) plus += ranks[at];
    ++at;
  }
  const double statistic = std::min(plus, all - plus);
  int as_small = 0;
  const int n = static_cast<int>(ranks.size());
  for (int signs = 0; signs < 1 << n; ++signs) {
    double sum = 0;
    for (int i = 0; i < n; ++i) sum += (signs >> i & 1) ? ranks[static_cast<std::size_t>(i)] : 0;
    as_small += sum <= statistic;
  }
  return {statistic, std::min(1.0, 2.0 * as_small / (1 << n))};
}

}  // namespace

TEST_CASE("statistics: mean and standard deviation") {
  const MeanAndSd s = mean_and_sd({1, 2, 3, 6});
  CHECK(s.mean == 3);
  CHECK(s.sd == doctest::Approx(std::sqrt(14.0 / 3)).epsilon(1e-15));
  CHECK(mean_and_sd({5}).sd == 0);
  CHECK_THROWS_AS(mean_and_sd({}), InputError);
}

// By scipy.stats.t.sf on t = mean / sqrt((1/10 + 1/9) var), SciPy 1.10.
TEST_CASE("statistics: corrected resampled t-test") {
  const std::vector<double> differences{.02, .05, -.01, .03, .04, .01, .0, .02, .06, .015};
  const TestResult test = *corrected_resampled_t_test(differences, 1.0 / 9);
  CHECK(test.statistic == doctest::Approx(2.339231113400768).epsilon(1e-12));
  CHECK(test.p == doctest::Approx(0.04407574781227255).epsilon(1e-12));
  CHECK(corrected_resampled_t_test(differences, 0)->p < test.p);  // the uncorrected test finds too much
  CHECK(corrected_resampled_t_test({0, 0, 0}, .1)->p == 1);
  CHECK_FALSE(corrected_resampled_t_test({-.1, -.1, -.1}, .1));
  CHECK_THROWS_AS(corrected_resampled_t_test({.1}, .1), InputError);
}

// Two values are symmetric about 0 for one degree of freedom, where Student's distribution is Cauchy's.
TEST_CASE("statistics: the t-test with one degree of freedom has a closed form") {
  for (const double t : {0.1, 1.0, 3.0, 50.0}) {
    const double mean = t * std::sqrt(0.5);  // the differences mean - 1, mean + 1 have variance 2
    const TestResult test = *corrected_resampled_t_test({mean * std::sqrt(2.0) - 1, mean * std::sqrt(2.0) + 1}, 0);
    CHECK(test.statistic == doctest::Approx(t).epsilon(1e-12));
    CHECK(test.p == doctest::Approx(1 - 2 / M_PI * std::atan(t)).epsilon(1e-12));
  }
}

TEST_CASE("statistics: ranks from the best, ties sharing theirs") {
  CHECK(ranks_from_best({.9, .7, .8}) == std::vector<double>{1, 3, 2});
  CHECK(ranks_from_best({.5, .7, .5, .5}) == std::vector<double>{3, 1, 3, 3});
  CHECK(ranks_from_best({}).empty());
}

// J. Demsar, JMLR 7:1-30, 2006, Table 6: AUC of C4.5 and three variants on 14 sets; the mean ranks are those printed
// there. chi-squared with the correction for ties: scipy.stats.friedmanchisquare, SciPy 1.10 (the paper's 9.28 has
// none).
TEST_CASE("statistics: Friedman's test on a published table") {
  const double auc[14][4] = {{.763, .768, .771, .798},  {.599, .591, .590, .569},
                             {.954, .971, .968, .967},  {.628, .661, .654, .657},
                             {.882, .888, .886, .898},  {.936, .931, .916, .931},
                             {.661, .668, .609, .685},  {.583, .583, .563, .625},
                             {.775, .838, .866, .875},  {1, 1, 1, 1},
                             {.940, .962, .965, .962},  {.619, .666, .614, .669},
                             {.972, .981, .9751, .975}, {.957, .978, .946, .970}};
  Matrix ranks(14, 4);
  for (Index s = 0; s < 14; ++s) {
    const std::vector<double> row = ranks_from_best({auc[s], auc[s] + 4});
    for (Index a = 0; a < 4; ++a) ranks(s, a) = row[static_cast<std::size_t>(a)];
  }
  const RowVector means = ranks.colwise().mean();
  const double printed[4] = {3.143, 2.000, 2.893, 1.964};
  for (Index a = 0; a < 4; ++a) CHECK(means[a] == doctest::Approx(printed[a]).epsilon(2e-4));
  const TestResult test = friedman_test(ranks);
  CHECK(test.statistic == doctest::Approx(10.228346456692925).epsilon(1e-12));
  CHECK(test.p == doctest::Approx(0.016721580328441323).epsilon(1e-10));
  CHECK(friedman_test(Matrix::Constant(3, 4, 2.5)).p == 1);
  CHECK_THROWS_AS(friedman_test(Matrix::Ones(1, 4)), InputError);
}

TEST_CASE("statistics: Friedman without ties is the textbook's formula") {
  Matrix ranks(3, 3);
  ranks << 1, 2, 3, 1, 3, 2, 1, 2, 3;
  const double N = 3, k = 3;
  const double sum = ranks.colwise().mean().array().square().sum();
  CHECK(friedman_test(ranks).statistic ==
        doctest::Approx(12 * N / (k * (k + 1)) * (sum - k * (k + 1) * (k + 1) / 4)).epsilon(1e-13));
}

// scipy.stats.wilcoxon(mode="exact"), SciPy 1.10.
TEST_CASE("statistics: Wilcoxon's test is exact") {
  const TestResult test = wilcoxon_signed_rank_test({.5, -.25, 1.5, 2, 3.25, -.75, 4, 5});
  CHECK(test.statistic == 4);
  CHECK(test.p == 0.0546875);
  CHECK(wilcoxon_signed_rank_test({0, 0}).p == 1);
  CHECK(wilcoxon_signed_rank_test({}).p == 1);
  CHECK(wilcoxon_signed_rank_test(std::vector<double>(200, 1.0)).p < 1e-50);
}

TEST_CASE("statistics: Wilcoxon's test, ties and zeros included, is that of all signs") {
  Random random(3);
  int wrong = 0;
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<double> differences(static_cast<std::size_t>(1 + random.below(12)));
    for (double& d : differences) d = static_cast<double>(random.below(9) - 3) / 4;
    const TestResult fast = wilcoxon_signed_rank_test(differences), slow = by_all_signs(differences);
    wrong += fast.statistic != slow.statistic || std::abs(fast.p - slow.p) > 1e-14;
  }
  CHECK(wrong == 0);
}

TEST_CASE("statistics: Holm's correction") {
  const std::vector<double> adjusted = holm_adjusted({.01, .04, .03, .005});
  const double expected[] = {.03, .06, .06, .02};
  for (std::size_t i = 0; i < 4; ++i) CHECK(adjusted[i] == doctest::Approx(expected[i]).epsilon(1e-14));
  CHECK(holm_adjusted({.5, .9}) == std::vector<double>{1, 1});
  CHECK(holm_adjusted({}).empty());
}

TEST_CASE("statistics: Benjamini and Hochberg's adjustment, as R's p.adjust and as in the paper") {
  const std::vector<double> adjusted = benjamini_hochberg_adjusted({.01, .04, .03, .005});
  const double expected[] = {.02, .04, .04, .02};
  for (std::size_t i = 0; i < 4; ++i) CHECK(adjusted[i] == doctest::Approx(expected[i]).epsilon(1e-14));
  CHECK(benjamini_hochberg_adjusted({.5, .9, 1}) == std::vector<double>{1, 1, 1});
  CHECK(benjamini_hochberg_adjusted({0, .25}) == std::vector<double>{0, .25});
  CHECK(benjamini_hochberg_adjusted({}).empty());
  // Section 3.2: of these 15 tests of thrombolysis, 4 are found at 0.05.
  const std::vector<double> found = benjamini_hochberg_adjusted(
      {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1});
  CHECK(std::count_if(found.begin(), found.end(), [](double p) { return p <= .05; }) == 4);
}

TEST_CASE("statistics: Benjamini and Hochberg's procedure finds what is adjusted to at most its level") {
  Random random(5);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<double> p(static_cast<std::size_t>(1 + random.below(12)));
    for (double& value : p) value = std::floor(random.uniform() * 20) / 40;  // with ties, and with 0
    const std::vector<double> adjusted = benjamini_hochberg_adjusted(p);
    for (const double level : {.03, .07, .11, .23, .41, .77}) {
      // The largest count k for which k of the values are at most level k/m; then those are found.
      double most = -1;
      for (std::size_t k = 1; k <= p.size(); ++k) {
        const double limit = level * static_cast<double>(k) / static_cast<double>(p.size());
        const auto below = std::count_if(p.begin(), p.end(), [&](double value) { return value <= limit; });
        if (below >= static_cast<std::ptrdiff_t>(k)) most = limit;
      }
      for (std::size_t i = 0; i < p.size(); ++i) CHECK((adjusted[i] <= level) == (p[i] <= most));
    }
  }
}
