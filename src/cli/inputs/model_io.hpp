#pragma once

#include <optional>
#include <string>

#include "cli/app.hpp"
#include "data/columns/columns.hpp"
#include "data/model/model.hpp"
#include "data/model/model_csv.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::cli {

/// The options that were chosen, as `scale` and `pca`.
Report preprocessing_report(const prepare::PreprocessingOptions& chosen);

/// The preprocessing that a model records. Throws InputError if the record makes no sense.
prepare::PreprocessingOptions preprocessing_of(const data::Model& model);

/// Reads the model in a file, or in standard input for "-". Corrections are reported as notes. Throws InputError naming
/// the file.
data::Model read_model(App& app, const std::string& path);

/// Reads a model to be used with a table or model that was read before, and puts its features in the order of those.
/// Throws InputError naming the file unless they are the same features: by name if both have names, otherwise by
/// number.
data::Model read_model(App& app, const std::string& path, const std::vector<std::string>& features, Index d);
data::Model read_model(App& app, const std::string& path, const data::Columns& columns);

/// A model from a matrix as CSV; the names of its features, if it has none, from the header of another file. Notes say
/// what was corrected.
data::Model read_matrix(App& app, const std::string& path, data::MetricForm form,
                        const std::optional<std::string>& names, const data::CsvDialect& dialect);

/// The columns that a CSV file must have for the model.
data::LearnedColumns learned_columns(const data::Model& model);

/// Records in a model what it was learned from: names of the features and of the label, the values that replaced
/// missing ones (none if `fill` is empty), and the preprocessing.
void record_source(data::Model& model, const data::Columns& columns, const Vector& fill,
                   const prepare::PreprocessingOptions& preprocessing);

/// Writes a model's JSON, with the version of maha that this is, to the output of that path. Returns what it wrote.
std::string write_model(App& app, data::Model model, const std::string& path);

}  // namespace maha::cli
