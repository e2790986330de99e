#pragma once
/// Statistics for comparing algorithms: summaries of repeated runs, and tests of whether a difference is due to chance,
/// alone or many together.
/// All p-values are two-sided.

#include <optional>
#include <vector>

#include "core/types.hpp"

namespace maha::eval {

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

/// The corrected resampled t-test of two algorithms on J resamplings of one data set, which are not independent because
/// they share rows (C. Nadeau and Y. Bengio, Machine Learning 52:239-281, 2003, section 3):
///   t = mean / sqrt((1/J + test_share) variance),  J - 1 degrees of freedom.
/// `differences`: of the J paired results; `test_share`: test rows per training row. If all differences are 0, t = 0
/// and p = 1. If they are all equal but not 0, the variance is 0 and there is no result. Throws InputError for fewer
/// than 2 differences.
std::optional<TestResult> corrected_resampled_t_test(const std::vector<double>& differences, double test_share);

/// Ranks from 1, largest value first; equal values share the mean of their ranks.
std::vector<double> ranks_from_best(const std::vector<double>& values);

/// Friedman's test of whether k algorithms do equally well on N data sets. `ranks`: N x k, each row from
/// ranks_from_best. statistic: chi-squared with k - 1 degrees of freedom, corrected for ties; 0 if all ranks in every
/// row are tied. M. Friedman, JASA 32:675-701, 1937; J. Demsar, JMLR 7:1-30, 2006, section 3.2.2.
/// Throws InputError unless N >= 2 and k >= 2.
TestResult friedman_test(const Matrix& ranks);

/// Wilcoxon's exact signed-rank test of paired differences. Under the null hypothesis each rank of |difference|, with
/// ties sharing theirs, has either sign with probability 1/2. Differences of 0 are left out. statistic: the smaller of
/// the sums of positive and of negative ranks. F. Wilcoxon, Biometrics Bull. 1:80-83, 1945. Cost: n^3 for n
/// differences.
TestResult wilcoxon_signed_rank_test(const std::vector<double>& differences);

/// Holm's step-down adjustment of the p-values of m tests made together. Each is at most 1 and can be compared with the
/// significance level directly. S. Holm, Scand. J. Statist. 6:65-70, 1979.
std::vector<double> holm_adjusted(const std::vector<double>& p);

/// Benjamini and Hochberg's step-up adjustment of the p-values of m tests made together:
///   adjusted_(i) = min over j >= i of min(1, m p_(j) / j),  p_(1) <= ... <= p_(m).
/// Among the tests whose adjusted value is at most q, the expected share of false findings is at most q, if the tests
/// are independent. Y. Benjamini and Y. Hochberg, J. R. Statist. Soc. B 57:289-300, 1995. Cost: m log m.
std::vector<double> benjamini_hochberg_adjusted(const std::vector<double>& p);

}  // namespace maha::eval
