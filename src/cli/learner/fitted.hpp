#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "core/checksum.hpp"
#include "data/model/model.hpp"
#include "data/model/proof.hpp"
#include "data/table/table.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// The result of fitting a learner to the rows of a file.
struct Fitted {
  data::Model model;  ///< ready to be written
  learn::Fit fit;
  std::vector<std::string> warnings;  ///< about the features, then those of the fit
};

/// What goes with a table: pairs, triplets, quadruplets or chunks of its rows, and models over its features.
struct Companions {
  Pairs pairs{};
  Triplets triplets{};
  Quadruplets quadruplets{};
  Labels chunks{};
  std::optional<data::Model> init{}, prior{}, targets{};
};

/// A checksum of what goes with a table, behind what was added before, and of all that a fit learns from.
Checksum checksum_of(const Companions& companions, Checksum all = {});
std::string checksum_of(const data::Table& table, const Companions& companions);

/// What a fit to rows with these columns has come to; `fill`: of their missing values, or none; `rows`: the number of
/// rows, unless the fit says.
Fitted fitted(const learn::Learner& learner, learn::Lesson lesson, const data::Columns& columns, const Vector& fill,
              Index rows);

/// Fits the learner to the table of a file, moving its rows out. Throws UsageError, and InputError naming the file,
/// also for column names that a model cannot hold.
Fitted fit_file(const learn::Learner& learner, data::Table table, Companions companions, const Run& run);

/// The same for a one-pass learner and a stream of rows with these columns from this file.
Fitted fit_stream(const learn::Learner& learner, const NextRows& next, const data::Columns& columns,
                  const std::string& file, const Run& run);

/// Runs the learner's study on the table of a file.
learn::Findings study_file(const learn::Learner& learner, data::Table table, Companions companions,
                           const Threads& threads);

/// As CSV, the columns in their header.
std::string csv(const learn::Findings& findings);

/// The proof that goes with a model, whose text as it was written is given.
data::Proof proof_of(const learn::Learner& learner, const learn::Fit& fit, const std::string& model);

/// Whether the fit of this model had its target neighbours chosen under another model.
bool has_other_targets(const data::Model& model);

}  // namespace maha::cli
