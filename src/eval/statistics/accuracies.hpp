#pragma once

#include <optional>
#include <vector>

#include "eval/statistics/statistics.hpp"

namespace maha::eval {

/// The errors of k algorithms in the runs on one data set. They are counts because accuracies are rounded: equal
/// differences would then differ by noise, and a test would take it for an effect.
struct RunErrors {
  static constexpr Index kFailed = -1;
  std::vector<std::vector<Index>> errors;  ///< [algorithm][run]: number of misclassified rows, or kFailed
  std::vector<Index> rows;                 ///< [run]: number of test rows
  double test_share = 0;                   ///< test rows per training row, for the corrected t-test
  /// Of a regression, in place of errors: [algorithm][run], the root of the mean squared error; NaN where it failed.
  std::vector<std::vector<double>> rmse{};

  std::size_t algorithms() const { return rmse.empty() ? errors.size() : rmse.size(); }
};

/// One algorithm on one data set. Its accuracy is the share of all test rows that are right, if the runs test as many
/// rows each, or one more or less, as folds do where rows do not divide evenly: as many errors are then the same
/// accuracy, whatever folds they are in. Otherwise it is the mean of the runs' shares. Of a regression it is the mean
/// of the runs' RMSE, and the lowest is the best.
struct Standing {
  Index runs = 0, failed = 0;     ///< runs counts only those that did not fail
  std::optional<MeanAndSd> mean;  ///< accuracy (RMSE) of those runs, and its spread over them; absent if all failed
  double rank = 0;                ///< by the accuracy, 1 is the best; an algorithm that failed in any run comes last
};

/// Two algorithms, first < second, and a test of the first's accuracy minus the second's, or of the second's RMSE minus
/// the first's: positive where the first is better. Over data sets, whose targets have units of their own, these
/// differences are divided by the larger of the two.
struct PairTest {
  Index first = 0, second = 0;
  Index count = 0;                   ///< number of differences tested
  std::optional<TestResult> result;  ///< absent if all differences are equal but not 0, which a t-test cannot judge
  double adjusted = 1;               ///< p after Holm's correction, if tests were made together
};

/// The comparison of k algorithms on N data sets.
struct AccuracyComparison {
  std::vector<std::vector<Standing>> standings;  ///< [data set][algorithm]
  std::vector<std::vector<PairTest>> t_tests;    ///< [data set]: for each pair with at least 2 runs in common
  std::vector<double> mean_ranks;                ///< [algorithm], over all data sets
  std::optional<TestResult> friedman;            ///< if N >= 2 and k >= 2
  std::vector<PairTest> wilcoxon;                ///< for each pair's mean accuracies, if N >= 2; Holm over all pairs
};

/// Corrected resampled t-tests on each data set; Friedman's test and Holm-corrected Wilcoxon signed-rank tests over all
/// data sets (J. Demsar, JMLR 7:1-30, 2006). A pair's Wilcoxon test leaves out data sets on which one of the two failed
/// in all runs. Either all sets are of a regression or none.
AccuracyComparison compare_accuracies(const std::vector<RunErrors>& sets);

}  // namespace maha::eval
