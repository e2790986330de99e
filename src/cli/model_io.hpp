#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "core/preprocessing_options.hpp"
#include "data/columns/columns.hpp"
#include "data/model/model.hpp"
#include "data/model/model_csv.hpp"

namespace maha::cli {

/// What was chosen, as `scale` and `pca`; nothing for what was not.
Report preprocessing_report(const PreprocessingOptions& chosen);

/// What a model records of the preprocessing in which it was learned. Throws InputError if that makes no sense.
PreprocessingOptions preprocessing_of(const Model& model);

/// The model in a file, or in standard input for "-"; what was put right in it is said as notes. Throws InputError
/// naming the file.
Model read_model(App& app, const std::string& path);

/// The same of a second model, which goes with a table or a model that is read already: its features are put in the
/// order of those. Throws InputError naming the file unless they are the same: by name where both have names, else d.
Model read_model(App& app, const std::string& path, const std::vector<std::string>& features, Index d);
Model read_model(App& app, const std::string& path, const Columns& columns);

/// A model from a matrix as CSV; the names of its features, if it has none, from the header of another file. What was
/// put right is said as notes.
Model read_matrix(App& app, const std::string& path, MetricForm form, const std::optional<std::string>& names,
                  const CsvDialect& dialect);

/// What a CSV file must have to be measured by the model.
LearnedColumns learned_columns(const Model& model);

/// Records in a model the file that it was learned from: names of the features and of the label, the values that
/// stood in for missing ones (none if `fill` is empty), and the preprocessing.
void record_source(Model& model, const Columns& columns, const Vector& fill, const PreprocessingOptions& preprocessing);

/// Writes a model's JSON to the output of that path.
void write_model(App& app, const Model& model, const std::string& path);

}  // namespace maha::cli
