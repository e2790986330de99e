#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "experiment/reporter.hpp"
#include "experiment/results/results.hpp"
#include "experiment/splits/split.hpp"

namespace maha::experiment {

/// A data set in memory, and how it is cut into training and test rows. Missing values that are to be filled are NaN
/// still, since what fills them depends on the training rows.
class SplitData {
 public:
  /// Reads the files. Throws InputError.
  SplitData(const DataSet& set, const Protocol& protocol, const Threads& threads, const Reporter& reporter);

  const DataSetFacts& facts() const { return facts_; }

  /// All rows of a set in one file: as they were read, and with missing values filled by their means.
  const data::Table& whole() const { return whole_; }
  data::Table filled() const;

  /// The training and test rows of a run, with missing values filled by the means of the training rows; cut anew each
  /// time, unless the files are apart and need no filling. Throws InputError if a column has nothing to take a mean of.
  std::shared_ptr<const Split> split(Index run) const;

 private:
  class Reader;
  void read_whole(const Reader& reader, const Protocol& protocol);
  void cut_whole(const Protocol& protocol);
  void read_parts(const Reader& reader);
  void count_rows();
  void sum_runs();
  std::vector<std::string> unseen_in(std::size_t run) const;
  void warn_of_unseen_labels(const Reporter& reporter) const;
  std::vector<std::string> published_folds(const Reader& reader) const;

  DataSetFacts facts_;
  bool fills_ = false;
  data::Table whole_;
  std::vector<std::vector<int>> is_test_;            // of each run, 1 for each row of the test part
  std::vector<std::shared_ptr<const Split>> given_;  // of each run, where the files are apart
};

}  // namespace maha::experiment
