#pragma once

#include "cli/app.hpp"
#include "cli/knn/knn_task.hpp"
#include "cli/knn/reference_rows.hpp"
#include "eval/regression/knn_regressor.hpp"

namespace maha::cli {

/// Reads the rows, predicts their targets by k-NN, and writes the report, and the predictions where they are wanted.
void evaluate_regression(App& app, ReferenceRows& reference, const KnnTask& task, eval::Averaging averaging);

}  // namespace maha::cli
