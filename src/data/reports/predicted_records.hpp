#pragma once

#include <string>
#include <vector>

#include "data/table/records.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "eval/regression/knn_regressor.hpp"

namespace maha::data {

/// Writes records as they came, with the columns `predicted,vote_share` behind them as the file writes its own.
class PredictedRecords {
 public:
  /// `classes`: the names of the predicted ids.
  PredictedRecords(io::Output& out, std::vector<std::string> classes)
      : records_(out, {"predicted", "vote_share"}), classes_(std::move(classes)) {}

  /// The records of a block, after the header before the first: those of its usable rows with their predictions, in
  /// order; both new fields are empty for the others. Throws InputError if the file has a column of either name,
  /// or its rows are no records of text.
  void write(const RowSource& source, const RowBlock& block, const eval::KnnPrediction& prediction);

 private:
  AppendedRecords records_;
  std::vector<std::string> classes_;
};

/// The same with one column, `predicted`, of numbers.
class PredictedNumbers {
 public:
  explicit PredictedNumbers(io::Output& out) : records_(out, {"predicted"}) {}
  void write(const RowSource& source, const RowBlock& block, const eval::KnnEstimate& estimate);

 private:
  AppendedRecords records_;
};

}  // namespace maha::data
