#pragma once

#include <optional>

#include "cli/app.hpp"
#include "cli/inputs/csv_input.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "eval/regression/knn_regressor.hpp"

namespace maha::cli {

/// Whether a tool predicts numbers in place of classes: --regress, or --target, which says so too.
class RegressionChoice {
 public:
  /// Declares --regress.
  RegressionChoice(App& app, CsvInput& input);

  /// Makes `input` read targets if numbers are to be predicted. Throws UsageError if the votes that were asked for mean
  /// nothing there.
  bool asked(const std::optional<eval::Votes>& votes);

  /// How they are averaged.
  static eval::Averaging averaging(const std::optional<eval::Votes>& votes);

 private:
  CsvInput& input_;
  bool regress_ = false;
};

}  // namespace maha::cli
