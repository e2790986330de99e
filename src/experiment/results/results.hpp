#pragma once

#include <optional>
#include <string>
#include <vector>

#include "eval/statistics/accuracies.hpp"
#include "experiment/experiment.hpp"

namespace maha::experiment {

/// A split of a data set into training and test rows.
struct RunName {
  Index repeat = 1;
  std::string fold;  ///< empty for a hold-out; else the fold that was tested
  Index train_rows = 0, test_rows = 0;
  std::string checksum{};  ///< of the data, their names, and which rows are tested; in hexadecimal
};

/// What was read of a data set.
struct DataSetFacts {
  Index rows = 0, features = 0, classes = 0;
  std::string checksum;  ///< of the numbers and classes of all rows, in hexadecimal
  std::vector<RunName> runs;
};

/// One algorithm in one run on one data set, each by its place in the experiment.
struct Cell {
  Index dataset = 0, algorithm = 0, run = 0;
  Index train_rows = 0, test_rows = 0, errors = 0;
  std::string chosen;             ///< the values that inner cross-validation chose, as `push-weight=0.5`
  std::optional<bool> converged;  ///< if the learner says
  std::vector<std::string> warnings;
  std::string failure;  ///< why there is no result; empty if there is one
  double fit_seconds = 0, test_seconds = 0;
  double rmse = 0;  ///< of numbers, in place of errors: the root of the mean squared error

  bool failed() const { return !failure.empty(); }
  double accuracy() const { return static_cast<double>(test_rows - errors) / static_cast<double>(test_rows); }
};

/// A comparison: what was asked, what was read, and every cell, by data set, algorithm and run.
struct Results {
  Experiment experiment;
  std::vector<DataSetFacts> datasets;
  std::vector<Cell> cells;

  /// Whether there is no result at all.
  bool all_failed() const;

  const DataSet& dataset_of(const Cell& cell) const { return experiment.datasets[place(cell.dataset)]; }
  const AlgorithmChoice& algorithm_of(const Cell& cell) const { return experiment.algorithms[place(cell.algorithm)]; }
  const RunName& run_of(const Cell& cell) const { return datasets[place(cell.dataset)].runs[place(cell.run)]; }

 private:
  static std::size_t place(Index i) { return static_cast<std::size_t>(i); }
};

/// The statistics of the cells.
eval::AccuracyComparison statistics_of(const Results& results);

/// A table with one line for each data set, with what is to be said about it, for terminals or as Markdown.
std::string results_text(const Results& results);
std::string results_markdown(const Results& results);

/// The same as a table of LaTeX with the rules of booktabs: the best of each line in bold, mean ranks, and the data
/// sets on which each algorithm wins, ties and loses against the first; what is to be said about it is in comments.
std::string results_tex(const Results& results);

/// `dataset,algorithm,repeat,fold,train_rows,test_rows,errors,accuracy,chosen,failure`, a line for each cell; of a
/// regression `rmse` in place of `errors,accuracy`.
std::string results_csv(const Results& results);

/// All of it as JSON, see docs/maha-compare.md; without times, so that a rerun gives the same bytes.
std::string results_json(const Results& results);

/// `dataset,algorithm,repeat,fold,fit_seconds,test_seconds`, a line for each cell.
std::string times_csv(const Results& results);

}  // namespace maha::experiment
