#pragma once

#include <string>
#include <vector>

#include "data/io/output.hpp"
#include "data/table/table_reader.hpp"
#include "eval/knn/knn_classifier.hpp"

namespace maha {

/// Writes records as they came, with the columns `predicted,vote_share` behind them in the file's own delimiter.
class PredictedRecords {
 public:
  /// `classes`: the names of the predicted ids.
  PredictedRecords(Output& out, std::vector<std::string> classes) : out_(out), classes_(std::move(classes)) {}

  /// The records of a block, after the header before the first: those of its usable rows with their predictions, in
  /// order; both new fields are empty for the others. Throws InputError if the file has a column of either name.
  void write(const TableReader& reader, const RowBlock& block, const KnnPrediction& prediction);

 private:
  void write_header(const TableReader& reader);

  Output& out_;
  std::vector<std::string> classes_;
  bool started_ = false;
};

}  // namespace maha
