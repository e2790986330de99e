#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "cli/knn/reference_rows.hpp"
#include "eval/regression/knn_regressor.hpp"

namespace maha::cli {

/// What maha-knn does with a target in place of labels.
struct KnnRegression {
  std::vector<Index> ks;
  eval::Averaging averaging = eval::Averaging::plain;
  bool leave_one_out = false;
  std::string test = "-";  ///< unless each training row is predicted by the others
  bool json = false;
  std::string output = "-";
  std::optional<std::string> predictions;
};

/// Reads the rows, predicts their targets by k-NN, and writes the report, and the predictions where they are wanted.
void evaluate_regression(App& app, ReferenceRows& reference, const KnnRegression& task);

}  // namespace maha::cli
