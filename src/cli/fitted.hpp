#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "data/model/model.hpp"
#include "data/table/table.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// The result of fitting a learner to a table.
struct Fitted {
  Model model;  ///< ready to be written
  Fit fit;
  std::vector<std::string> warnings;   ///< about the features, then those of the fit
  std::optional<Preprocessing> plain;  ///< set if preprocessing is all there is

  /// Maps rows over the table's features to where the distance is Euclidean.
  Matrix map(const MatrixRef& X, const Threads& threads) const;
};

/// What goes with a table: pairs or triplets of its rows, and models over its features.
struct Companions {
  Pairs pairs{};
  Triplets triplets{};
  std::optional<Model> init{}, prior{}, targets{};
};

/// Fits the learner to a table. Throws InputError, UsageError.
Fitted fit_table(Learner& learner, Table table, Companions companions, const Run& run);

/// The same for the table of a file, which errors name. Also throws InputError for column names that a model cannot
/// hold.
Fitted fit_file(Learner& learner, Table table, Companions companions, const Run& run);

/// The same for a one-pass learner and a stream of rows with these columns from this file.
Fitted fit_stream(Learner& learner, const NextRows& next, const Columns& columns, const std::string& file,
                  const Run& run);

/// Runs the learner's study on the table of a file.
Findings study_file(Learner& learner, Table table, Companions companions, const Threads& threads);

/// Whether the fit of this model had its target neighbours chosen under another model.
bool has_other_targets(const Model& model);

}  // namespace maha::cli
