#pragma once

#include <optional>

#include "cli/app.hpp"
#include "cli/reference_rows.hpp"
#include "eval/knn_classifier.hpp"

namespace maha::cli {

/// LMNN's energy in place of votes: --rule, --energy-margin, and what they ask of a model.
class EnergyRule {
 public:
  /// Declares the options.
  explicit EnergyRule(App& app);

  bool chosen() const { return chosen_; }

  /// The classes of least energy for the rows of `test`. k, the push weight and the space in which target neighbours
  /// were chosen are those of the fit, as the model records them. Throws InputError unless it is one of maha-lmnn that
  /// does.
  KnnPrediction classify(const ReferenceRows& reference, const Table& train, const Table& test);

 private:
  App& app_;
  bool chosen_ = false;
  double margin_ = 0;
};

}  // namespace maha::cli
