#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "data/table/table.hpp"
#include "eval/regression/knn_regressor.hpp"
#include "eval/regression/scores.hpp"
#include "io/output.hpp"

namespace maha::data {

/// The report of a k-NN regression: how it was done, and the results for each k.
struct RegressionReport {
  struct Result {
    Index k;
    eval::RegressionScores scores;
  };

  /// For the rows of `test`, which has a target.
  RegressionReport(const Table& test, const std::vector<eval::KnnEstimate>& estimates, eval::Averaging averaging);

  Index rows = 0;
  eval::Averaging averaging;
  std::optional<std::string> algorithm;  ///< that learned the distance, if the model says so
  Report parameters;                     ///< of that algorithm
  std::vector<Result> results;
};

/// The report as text, a few lines for each k.
std::string regression_text(const RegressionReport& report);

/// One JSON object a line for each k: k, rows, rmse, mae, r2 (null where all targets are equal), votes (mean or
/// weighted), algorithm, parameters.
std::string regression_json(const RegressionReport& report);

/// `row,[id,]target,k,predicted` for each row of `test` and each k, with header.
void write_estimates(io::Output& out, const Table& test, const std::vector<eval::KnnEstimate>& estimates);

}  // namespace maha::data
