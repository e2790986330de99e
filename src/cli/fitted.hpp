#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "data/model/model.hpp"
#include "data/table/table.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// What a learner made of the rows of a file.
struct Fitted {
  Model model;  ///< ready to be written
  Fit fit;
  std::vector<std::string> warnings;  ///< the fit's, and before them what its features lack
};

/// What goes with a table: pairs or triplets of its rows, and models over its features.
struct Companions {
  Pairs pairs{};
  Triplets triplets{};
  std::optional<Model> init{}, prior{}, targets{};
};

/// What the learner makes of a file's table, whose rows it uses up. Throws UsageError, and InputError naming the file,
/// also for names of columns that a model cannot hold.
Fitted fit_file(const Learner& learner, Table table, Companions companions, const Run& run);

/// The same of a learner that takes one pass, over rows that come as a stream with these columns from this file.
Fitted fit_stream(const Learner& learner, const NextRows& next, const Columns& columns, const std::string& file,
                  const Run& run);

/// What the learner's study finds in the table of a file.
Findings study_file(const Learner& learner, Table table, Companions companions, const Threads& threads);

}  // namespace maha::cli
