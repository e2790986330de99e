#pragma once

#include <optional>
#include <string>

#include "core/options/words.hpp"
#include "data/csv/dialect.hpp"
#include "data/model/model.hpp"
#include "metric/importance.hpp"

namespace maha::data {

enum class MetricForm { M, L };

inline constexpr Words<MetricForm> kMetricFormWords{{"M", MetricForm::M}, {"L", MetricForm::L}};

/// M (d x d) or L (r x d) as it is written. The L of M = 0 has no rows; it is one row of 0, so that it can be read back.
Matrix metric_rows(const Model& model, MetricForm form);

/// That as CSV, a row of the matrix per line, with the names of the features, if any, as the header.
std::string metric_csv(const Model& model, MetricForm form);

/// A model with only the metric in that form and the names.
Model metric_alone(const Model& model, MetricForm form);

/// A model from such a file: the metric, and the names if it has a header. Throws InputError naming the file.
Model read_metric_csv(const std::string& path, MetricForm form, std::vector<std::string>* notes = nullptr,
                      const CsvDialect& dialect = {});

/// The names in a CSV file's header for a model over d features: all of them, or all but the last, which is the label.
/// Throws InputError naming the file if it has no header, or another number of columns.
void take_names(Model& model, const std::string& path, const CsvDialect& dialect = {});

/// `component,eigenvalue,share,cumulative`, largest first.
std::string spectrum_csv(const Model& model);

/// `feature,weight`: the diagonal of M. With what the features count for on some rows,
/// `feature,weight,scaled_weight,share`.
std::string weights_csv(const Model& model, const std::optional<metric::Importance>& importance = {});

/// The same as a JSON object on one line, no line feed: of each feature the weight, or an object with `weight`,
/// `scaled_weight` and `share`.
std::string weights_json(const Model& model, const std::optional<metric::Importance>& importance = {});

}  // namespace maha::data
