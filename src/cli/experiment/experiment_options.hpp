#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/inputs/csv_input.hpp"
#include "core/error.hpp"
#include "experiment/algorithm.hpp"
#include "experiment/experiment.hpp"
#include "experiment/results/results.hpp"

namespace maha::cli {

/// The experiment that a command line describes, or names a file of.
class ExperimentOptions {
 public:
  /// Declares FILE..., --split, -a, the protocol, and how the files are read.
  explicit ExperimentOptions(App& app);

  /// The results of an earlier run, where the command line names a file of them. Throws UsageError if it says anything
  /// beside that would need a run, InputError if the file holds no results.
  std::optional<experiment::Results> earlier_results();

  /// Whether the experiment's algorithms are all that there are, since nobody named any.
  bool all_algorithms() const { return algorithms_.empty() && !file_; }

  /// Throws UsageError if the options contradict each other, InputError if the file is no experiment.
  experiment::Experiment experiment();

  /// Its algorithms, when all of it has been checked; `model`: whether a model is wanted of the best one. Throws
  /// UsageError, of a file InputError, for what makes no sense.
  std::vector<experiment::Algorithm> algorithms(const experiment::Experiment& experiment, bool model) const;

  /// This command line with other options in place of `without`, which takes in those that have no part in what is
  /// worked out: `maha-compare --algorithm cov MORE iris.csv`.
  std::string command(const std::vector<std::string>& without, const std::string& more) const;

 private:
  experiment::Experiment from_file();
  void require_alone(const std::string& option, std::vector<std::string> beside) const;
  std::string text_of(const std::string& path) const;
  std::string about_file(const InputError& e) const;
  void check_protocol() const;
  std::vector<experiment::DataSet> datasets() const;
  void add_split(const std::string& text, std::vector<experiment::DataSet>& sets) const;
  experiment::DataSet data_set(const std::string& path) const;

  App& app_;
  std::vector<std::string> files_, splits_, algorithms_;
  std::optional<std::string> file_, results_, fold_column_, folds_file_;
  std::optional<Index> folds_;
  experiment::Protocol protocol_;
  CsvInput input_;
};

}  // namespace maha::cli
