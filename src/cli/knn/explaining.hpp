#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/knn/reference_rows.hpp"
#include "data/reports/explanation.hpp"
#include "eval/knn/knn_classifier.hpp"

namespace maha::cli {

/// What maha-explain is to do.
struct ExplainTask {
  std::optional<std::string>
      queries{};  ///< unless each training row is explained by the others; nothing: standard input
  bool leave_one_out = false;
  Index k = 3;
  eval::Votes votes = eval::Votes::shrink;
  std::vector<std::string> only{};  ///< the names of the rows to explain; none: all
  data::ExplanationForm form = data::ExplanationForm::csv;
  std::optional<Index> top{};  ///< features of each row; nothing: all
  std::string output = "-";
};

/// Explains query after query, and writes what comes of it. Throws as the reading, the search and the writing do.
void explain(App& app, CsvInput& input, ReferenceRows& reference, const ExplainTask& task);

}  // namespace maha::cli
