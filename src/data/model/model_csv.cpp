#include "data/model/model_csv.hpp"

#include "core/error.hpp"
#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "data/formats.hpp"
#include "data/model/model_json.hpp"
#include "data/model/model_summary.hpp"
#include "data/table/table.hpp"
#include "data/table/utf8.hpp"
#include "io/json.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {
namespace {

ColumnRequest all_features() {
  ColumnRequest request;
  request.unlabeled = true;
  request.labels = LabelUse::optional;
  request.has_options = false;
  return request;
}

const std::vector<double>& vector_of(const Report& report, const char* key) {
  return std::get<std::vector<double>>(*report.find(key));
}

/// L; of M = 0, which has none, a row of 0: the same M in a form that has its columns.
Matrix factor_rows(const metric::Metric& metric) {
  return metric.rank() > 0 ? metric.factor() : Matrix(Matrix::Zero(1, metric.dims()));
}

}  // namespace

Matrix metric_rows(const Model& model, MetricForm form) {
  return form == MetricForm::M ? Matrix(model.linear().matrix()) : factor_rows(model.linear());
}

std::string metric_csv(const Model& model, MetricForm form) {
  const Matrix rows = metric_rows(model, form);
  std::string text = model.features.empty() ? "" : io::csv_line(model.features);
  for (const auto& row : rows.rowwise()) {
    io::append_numbers(text, row);
    text += '\n';
  }
  return text;
}

Model metric_alone(const Model& model, MetricForm form) {
  Model bare;
  bare.features = model.features;
  bare.metric = form == MetricForm::M ? metric::Metric::from_matrix(model.linear().matrix())
                                      : metric::Metric::from_factor(factor_rows(model.linear()));
  return bare;
}

Model read_metric_csv(const std::string& path, MetricForm form, std::vector<std::string>* notes,
                      const CsvDialect& dialect) {
  const Table table = read_table(path, all_features(), {.dialect = dialect});
  require_utf8_names(table.columns, table.name);
  Model model;
  model.features = table.columns.feature_names();
  try {
    model.metric = form == MetricForm::M ? metric::Metric::from_matrix(table.X, notes)
                                         : metric::Metric::from_factor(Matrix(table.X));
  } catch (const InputError& e) {
    throw InputError(table.name + ": " + e.what());
  }
  return model;
}

void take_names(Model& model, const std::string& path, const CsvDialect& dialect) {
  ColumnRequest request = all_features();
  request.header = Header::yes;
  request.feature_use = FeatureUse::none;
  const std::unique_ptr<RowSource> source = open_rows(path, request, {.dialect = dialect});
  require_utf8_header(source->columns(), source->name());
  std::vector<std::string> names = source->columns().names;
  const auto d = static_cast<std::size_t>(model.dims());
  if (names.size() != d && names.size() != d + 1) {
    throw InputError(source->name() + ": has " + counted(names.size(), "column") + ", the metric is over " +
                     counted(d, "feature"));
  }
  if (names.size() == d + 1) {
    model.label = names.back();
    names.pop_back();
  }
  model.features = std::move(names);
}

std::string spectrum_csv(const Model& model) {
  const Report report = spectrum_report(model);
  const auto& shares = vector_of(report, "shares");
  std::string text = "component,eigenvalue,share,cumulative\n";
  double cumulative = 0;
  for (std::size_t r = 0; r < shares.size(); ++r) {
    cumulative += shares[r];
    text += std::to_string(r + 1) + ',' + format_number(vector_of(report, "eigenvalues")[r]) + ',' +
            format_number(shares[r]) + ',' + format_number(cumulative) + '\n';
  }
  return text;
}

std::string weights_csv(const Model& model, const std::optional<metric::Importance>& importance) {
  std::vector<Vector> columns{importance ? importance->weight : model.linear().diagonal()};
  if (importance) columns.insert(columns.end(), {importance->scaled, importance->share});
  std::string text = importance ? "feature,weight,scaled_weight,share\n" : "feature,weight\n";
  for (Index j = 0; j < model.dims(); ++j) {
    io::append_field(text, model.feature_name(j));
    for (const Vector& column : columns) text += ',' + format_number(column(j));
    text += '\n';
  }
  return text;
}

std::string weights_json(const Model& model, const std::optional<metric::Importance>& importance) {
  if (!importance) return format_report(weights_report(model));
  std::string text;
  for (Index j = 0; j < model.dims(); ++j) {
    const Report counts = Report()
                              .set("weight", importance->weight(j))
                              .set("scaled_weight", importance->scaled(j))
                              .set("share", importance->share(j));
    text += (j > 0 ? ", " : "{") + io::dump_json(model.feature_name(j)) + ": " + format_report(counts);
  }
  return text + "}";
}

}  // namespace maha::data
