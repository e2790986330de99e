#include "cli/model_io.hpp"

#include "core/error.hpp"
#include "data/io/input.hpp"
#include "data/model/model_json.hpp"

namespace maha::cli {
Report preprocessing_report(const PreprocessingOptions& chosen) {
  Report report;
  if (chosen.scale != Scale::none) report.set("scale", chosen.scale == Scale::zscore ? "zscore" : "minmax");
  if (chosen.pca > 0) report.set("pca", chosen.pca);
  return report;
}

PreprocessingOptions preprocessing_of(const Model& model) {
  PreprocessingOptions options;
  const Report::Value* scale = model.preprocessing.find("scale");
  const Report::Value* pca = model.preprocessing.find("pca");
  if (scale && *scale == Report::Value("zscore")) options.scale = Scale::zscore;
  if (scale && *scale == Report::Value("minmax")) options.scale = Scale::minmax;
  if (pca && std::holds_alternative<std::int64_t>(*pca)) options.pca = std::get<std::int64_t>(*pca);
  const std::string its = (model.source.empty() ? "the model" : model.source) + ": its preprocessing";
  if (scale && options.scale == Scale::none) throw InputError(its + ".scale is none that is known");
  if (pca && (options.pca < 1 || options.pca > model.dims())) {
    throw InputError(its + ".pca is no number of components of its features");
  }
  return options;
}

Model read_model(App& app, const std::string& path) {
  app.about_to_read(path);
  const std::string text = read_all(path), name = input_name(path);
  std::vector<std::string> notes;
  try {
    Model model = parse_model(text, &notes);
    model.source = name;
    for (const std::string& line : notes) app.note(name + ": " + line);
    return model;
  } catch (const InputError& e) {
    throw InputError(name + ": " + e.what());
  }
}

Model read_model(App& app, const std::string& path, const std::vector<std::string>& features, Index d) {
  Model model = read_model(app, path);
  try {
    model.order_features(features, d);
  } catch (const InputError& e) {
    throw InputError(input_name(path) + ": " + e.what());
  }
  return model;
}

Model read_model(App& app, const std::string& path, const Columns& columns) {
  return read_model(app, path, columns.feature_names(), columns.dims());
}

Model read_matrix(App& app, const std::string& path, MetricForm form, const std::optional<std::string>& names,
                  const CsvDialect& dialect) {
  app.about_to_read(path);
  std::vector<std::string> notes;
  Model model = read_metric_csv(path, form, &notes, dialect);
  for (const std::string& note : notes) app.note(note);
  if (names) app.about_to_read(*names);
  if (names) take_names(model, *names, dialect);
  return model;
}

LearnedColumns learned_columns(const Model& model) {
  return {model.dims(), model.features, model.label.value_or(""), model.fill.value_or(Vector()), model.source};
}

void record_source(Model& model, const Columns& columns, const Vector& fill,
                   const PreprocessingOptions& preprocessing) {
  model.features = columns.feature_names();
  if (!columns.label_name().empty()) model.label = columns.label_name();
  if (fill.size() > 0) model.fill = fill;
  model.preprocessing = preprocessing_report(preprocessing);
}

void write_model(App& app, const Model& model, const std::string& path) { app.out(path).write(format_model(model)); }

}  // namespace maha::cli
