#pragma once

#include <optional>

#include "cli/app.hpp"
#include "cli/knn/knn_task.hpp"
#include "cli/knn/reference_rows.hpp"
#include "eval/knn/knn_classifier.hpp"

namespace maha::cli {

/// How classes are told, and what is reported of it.
struct KnnRule {
  std::optional<eval::Votes> votes{};
  bool energy = false;  ///< LMNN's, in place of votes, with
  std::optional<double> energy_margin{};
  bool retrieval = false;
};

/// Throws UsageError for what contradicts itself, or the task.
void check(const KnnRule& rule, const KnnTask& task, const ReferenceRows& reference, const Ranks& ranks);

/// Reads the rows, classifies them, and writes the report, and the predictions where they are wanted.
void evaluate_classification(App& app, ReferenceRows& reference, const KnnTask& task, const KnnRule& rule);

}  // namespace maha::cli
