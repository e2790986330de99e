#pragma once
/// What comparisons of algorithms rest on: summaries of repeated runs, and tests of whether a difference is chance.
/// Throughout, `p` is two-sided: how likely a difference as large is if there is none.

#include <optional>
#include <vector>

#include "core/types.hpp"

namespace maha {

struct MeanAndSd {
  double mean = 0;
  double sd = 0;  ///< divisor n - 1; 0 for a single value
};

/// Throws InputError for no values.
MeanAndSd mean_and_sd(const std::vector<double>& values);

struct TestResult {
  double statistic = 0;
  double p = 1;
};

/// The corrected resampled t-test of two algorithms on J resamplings of one data set, which share rows and so are not
/// independent: t = mean / sqrt((1/J + test_share) variance), J - 1 degrees of freedom. `differences`: of the J paired
/// results; `test_share`: test rows per training row. Equal results throughout have t = 0, p = 1; differences that are
/// all the same number but 0 have a variance of 0, of which the test can say nothing: no result.
/// C. Nadeau and Y. Bengio, Machine Learning 52:239-281, 2003, section 3. Throws InputError for fewer than 2
/// differences.
std::optional<TestResult> corrected_resampled_t_test(const std::vector<double>& differences, double test_share);

/// Ranks from 1, the greatest value first; equal values share the mean of their ranks.
std::vector<double> ranks_from_best(const std::vector<double>& values);

/// Friedman's test of whether N data sets rank k algorithms alike. `ranks`: N x k, each row as from ranks_from_best.
/// statistic: chi-squared, with k - 1 degrees of freedom, corrected for ties; 0 where every row is one tie.
/// M. Friedman, JASA 32:675-701, 1937; J. Demsar, JMLR 7:1-30, 2006, section 3.2.2.
/// Throws InputError unless N >= 2 and k >= 2.
TestResult friedman_test(const Matrix& ranks);

/// Wilcoxon's signed-rank test of paired differences, exact: under the null hypothesis each rank of |difference|, ties
/// sharing theirs, has either sign with probability 1/2. Differences of 0 are left out. statistic: the smaller of the
/// sums of ranks of either sign. F. Wilcoxon, Biometrics Bull. 1:80-83, 1945. Cost: n^3 for n differences.
TestResult wilcoxon_signed_rank_test(const std::vector<double>& differences);

/// Holm's step-down adjustment of p-values of m tests made together: each at most 1, to be compared with the level
/// itself. S. Holm, Scand. J. Statist. 6:65-70, 1979.
std::vector<double> holm_adjusted(const std::vector<double>& p);

}  // namespace maha
