#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "core/preprocessing_options.hpp"
#include "data/columns/columns.hpp"
#include "data/model/model.hpp"
#include "data/model/model_csv.hpp"

namespace maha::cli {

/// The options that were chosen, as `scale` and `pca`.
Report preprocessing_report(const PreprocessingOptions& chosen);

/// The preprocessing that a model records. Throws InputError if the record makes no sense.
PreprocessingOptions preprocessing_of(const Model& model);

/// Reads the model in a file, or in standard input for "-". Corrections are reported as notes. Throws InputError naming
/// the file.
Model read_model(App& app, const std::string& path);

/// Reads a model to be used with a table or model that was read before, and puts its features in the order of those.
/// Throws InputError naming the file unless they are the same features: by name if both have names, otherwise by
/// number.
Model read_model(App& app, const std::string& path, const std::vector<std::string>& features, Index d);
Model read_model(App& app, const std::string& path, const Columns& columns);

/// A model from a matrix as CSV; the names of its features, if it has none, from the header of another file. Notes say
/// what was corrected.
Model read_matrix(App& app, const std::string& path, MetricForm form, const std::optional<std::string>& names,
                  const CsvDialect& dialect);

/// The columns that a CSV file must have for the model.
LearnedColumns learned_columns(const Model& model);

/// Records in a model what it was learned from: names of the features and of the label, the values that replaced
/// missing ones (none if `fill` is empty), and the preprocessing.
void record_source(Model& model, const Columns& columns, const Vector& fill, const PreprocessingOptions& preprocessing);

/// Writes a model's JSON to the output of that path.
void write_model(App& app, const Model& model, const std::string& path);

}  // namespace maha::cli
