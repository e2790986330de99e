#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/app.hpp"
#include "data/experiment/results.hpp"
#include "data/table/table.hpp"

namespace maha::compare {

/// A data set in memory, and how it is cut into training and test rows. Missing values that are to be filled are NaN
/// still, since what fills them depends on the training rows.
class SplitData {
 public:
  /// Reads the files. Throws InputError.
  SplitData(cli::App& app, const DataSet& set, const Protocol& protocol);

  const DataSetFacts& facts() const { return facts_; }

  struct Parts {
    Table train, test;
  };
  /// The parts of a run, with missing values filled by the means of the training rows.
  Parts parts(Index run) const;

 private:
  void read_whole(cli::App& app, const DataSet& set, const Protocol& protocol);
  void cut_whole(const Protocol& protocol);
  void read_parts(cli::App& app, const DataSet& set);
  void count_rows();
  void warn_of_unseen_labels(const cli::App& app) const;
  std::vector<std::string> published_folds(cli::App& app, const DataSet& set);

  DataSetFacts facts_;
  bool fills_ = false;
  Table whole_;
  std::vector<std::vector<int>> is_test_;  // of each run, 1 for each row of the test part
  std::vector<Parts> given_;
};

/// Cuts a table in two: rows with is_test 0 for training, the others for testing.
SplitData::Parts cut(const Table& table, const std::vector<int>& is_test);

/// Gives both parts the means of the training rows where values are missing.
void fill_missing(SplitData::Parts& parts);

}  // namespace maha::compare
