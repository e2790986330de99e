#pragma once

#include <optional>
#include <vector>

#include "eval/statistics/statistics.hpp"

namespace maha {

/// How k algorithms did in the runs on one data set. Counts, because differences of accuracies are rounded, and those
/// that are equal then differ by noise, of which a test makes much.
struct RunErrors {
  static constexpr Index kFailed = -1;
  std::vector<std::vector<Index>> errors;  ///< [algorithm][run]: rows that were answered wrongly, or kFailed
  std::vector<Index> rows;                 ///< [run]: of how many
  double test_share = 0;                   ///< test rows per training row, for the corrected t-test
};

/// One algorithm on one data set.
struct Standing {
  Index runs = 0, failed = 0;     ///< runs counts those that did not fail
  std::optional<MeanAndSd> mean;  ///< of those runs; absent if all failed
  double rank = 0;                ///< by the mean, 1 is the best; an algorithm that failed in any run comes last
};

/// Two algorithms, first < second, and the test of the first's accuracy minus the second's.
struct PairTest {
  Index first = 0, second = 0;
  Index count = 0;                   ///< of the differences that were tested
  std::optional<TestResult> result;  ///< none: all differences are equal, and not 0, which a t-test cannot judge
  double adjusted = 1;               ///< p after Holm's correction, where tests were made together
};

/// What is to be said of k algorithms on N data sets.
struct AccuracyComparison {
  std::vector<std::vector<Standing>> standings;  ///< [data set][algorithm]
  std::vector<std::vector<PairTest>> t_tests;    ///< [data set]: of each pair with at least 2 runs in common
  std::vector<double> mean_ranks;                ///< [algorithm], over all data sets
  std::optional<TestResult> friedman;            ///< if N >= 2 and k >= 2
  std::vector<PairTest> wilcoxon;                ///< of each pair's mean accuracies, if N >= 2; Holm over all pairs
};

/// Corrected resampled t-tests on each data set, Friedman's test and Holm-corrected Wilcoxon signed-rank tests over
/// all of them (J. Demsar, JMLR 7:1-30, 2006). Data sets on which one of two algorithms failed in all runs are left out
/// of their Wilcoxon test.
AccuracyComparison compare_accuracies(const std::vector<RunErrors>& sets);

}  // namespace maha
