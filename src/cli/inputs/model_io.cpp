#include "cli/inputs/model_io.hpp"

#include "cli/installation.hpp"
#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/same_on_ranks.hpp"
#include "data/model/model_json.hpp"
#include "io/input.hpp"

namespace maha::cli {
Report preprocessing_report(const prepare::PreprocessingOptions& chosen) {
  Report report;
  if (chosen.scale != prepare::Scale::none)
    report.set("scale", chosen.scale == prepare::Scale::zscore ? "zscore" : "minmax");
  prepare::KernelOptions used;  // declared while it holds the defaults: what differs is recorded
  OptionList kernel;
  declare(kernel, used);
  used = chosen.kernel;
  const Report of_kernel = kernel.parameters();
  for (const auto& [key, value] : of_kernel.entries()) report.set(key, value);
  if (chosen.pca > 0) report.set("pca", chosen.pca);
  return report;
}

prepare::PreprocessingOptions preprocessing_of(const data::Model& model) {
  prepare::PreprocessingOptions options;
  const Report::Value* scale = model.preprocessing.find("scale");
  const Report::Value* pca = model.preprocessing.find("pca");
  if (scale && *scale == Report::Value("zscore")) options.scale = prepare::Scale::zscore;
  if (scale && *scale == Report::Value("minmax")) options.scale = prepare::Scale::minmax;
  if (pca && std::holds_alternative<std::int64_t>(*pca)) options.pca = std::get<std::int64_t>(*pca);
  const std::string its = (model.source.empty() ? "the model" : model.source) + ": its preprocessing";
  if (scale && options.scale == prepare::Scale::none) throw InputError(its + ".scale is none that is known");
  OptionList kernel;
  declare(kernel, options.kernel);
  kernel.read_back(model.preprocessing, its);
  if (pca && (options.pca < 1 || (options.pca > model.dims() && !options.kernel.any()))) {
    throw InputError(its + ".pca is no number of components of its features");
  }
  return options;
}

data::Model read_model(App& app, const std::string& path) {
  app.about_to_read(path);
  const std::string text = io::read_all(path), name = io::input_name(path);
  require_same(app.ranks(), text, name);
  std::vector<std::string> notes;
  try {
    data::Model model = data::parse_model(text, &notes);
    model.source = name;
    for (const std::string& line : notes) app.note(name + ": " + line);
    return model;
  } catch (const InputError& e) {
    throw InputError(name + ": " + e.what());
  }
}

data::Model read_model(App& app, const std::string& path, const std::vector<std::string>& features, Index d) {
  data::Model model = read_model(app, path);
  try {
    model.order_features(features, d);
  } catch (const InputError& e) {
    throw InputError(io::input_name(path) + ": " + e.what());
  }
  return model;
}

data::Model read_model(App& app, const std::string& path, const data::Columns& columns) {
  return read_model(app, path, columns.feature_names(), columns.dims());
}

data::Model read_matrix(App& app, const std::string& path, data::MetricForm form,
                        const std::optional<std::string>& names, const data::CsvDialect& dialect) {
  app.about_to_read(path);
  std::vector<std::string> notes;
  data::Model model = data::read_metric_csv(path, form, &notes, dialect);
  for (const std::string& note : notes) app.note(note);
  if (names) app.about_to_read(*names);
  if (names) data::take_names(model, *names, dialect);
  return model;
}

data::LearnedColumns learned_columns(const data::Model& model) {
  return {model.dims(), model.features, model.target.value_or(model.label.value_or("")), model.fill.value_or(Vector()),
          model.source};
}

void record_source(data::Model& model, const data::Columns& columns, const Vector& fill,
                   const prepare::PreprocessingOptions& preprocessing) {
  model.features = columns.feature_names();
  if (!columns.label_name().empty()) (columns.label_is_target ? model.target : model.label) = columns.label_name();
  if (fill.size() > 0) model.fill = fill;
  model.preprocessing = preprocessing_report(preprocessing);
}

std::string write_model(App& app, data::Model model, const std::string& path) {
  model.maha = version();
  std::string text = data::format_model(model);
  app.out(path).write(text);
  return text;
}

}  // namespace maha::cli
