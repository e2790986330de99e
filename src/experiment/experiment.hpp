#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/columns/columns.hpp"
#include "data/csv/dialect.hpp"
#include "data/rows/read_options.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::experiment {

/// A data set of an experiment: one file to split into training and test rows, or files that are already split.
struct DataSet {
  struct Parts {
    std::string train, test;
    bool operator==(const Parts&) const = default;
  };

  std::string name;
  std::string file;          ///< empty if there are parts
  std::vector<Parts> parts;  ///< one for each run
  std::optional<std::string> label;
  std::optional<std::string> target;  ///< the column of the numbers to predict, in place of a label
  std::vector<std::string> drop;
  data::Header header = data::Header::guess;
  data::CsvDialect dialect;
  data::MissingField missing = data::MissingField::error;
  std::optional<std::string> fold_column;  ///< a column of the file that gives the fold of each row
  std::optional<std::string> folds_file;   ///< or a file with a line for each row that gives it

  bool operator==(const DataSet&) const = default;
};

/// The option of every algorithm that is none of its learner: the number of neighbours that vote.
inline const std::string kVoteK = "vote-k";

/// A learner with its options, such as `lmnn:neighbors=5,push-weight=0.1|0.5`.
struct AlgorithmChoice {
  std::string name;  ///< in tables
  std::string spec;
  bool operator==(const AlgorithmChoice&) const = default;
};

/// How algorithms are evaluated on each data set.
struct Protocol {
  Index folds = 10;            ///< of cross-validation, unless test is set
  std::optional<double> test;  ///< share to hold out instead
  Index repeats = 1;           ///< with seeds seed, seed + 1, ...
  Index inner_folds = 5;       ///< of the training part, to choose among several values of an option
  std::uint64_t seed = 1;      ///< of splits and of pairs
  std::vector<Index> ks{3};    ///< neighbours that vote; of several, one is chosen as an option's value is
  eval::Votes votes = eval::Votes::shrink;
  prepare::PreprocessingOptions preprocessing{};  ///< of every algorithm that does not say otherwise
};

/// Everything that determines the result of a comparison, except the data.
struct Experiment {
  std::vector<DataSet> datasets;
  std::vector<AlgorithmChoice> algorithms;
  Protocol protocol;

  /// Whether numbers are predicted, as on all data sets or on none.
  bool regression() const { return !datasets.empty() && datasets.front().target.has_value(); }
};

/// The name of the data set in this file: the file's name without folders and the extensions .gz, .csv, .train.
std::string data_set_name(const std::string& path);

/// Where an experiment comes from: messages call a number by its option or by its key.
enum class SaidBy { options, file };

/// Throws UsageError unless there are data sets and algorithms, names differ, and numbers are in range.
void check(const Experiment& experiment, SaidBy said_by = SaidBy::options);

}  // namespace maha::experiment
