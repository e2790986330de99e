#include "cli/inputs/model_rows.hpp"

#include <algorithm>

#include "cli/about.hpp"
#include "core/error.hpp"
#include "data/reports/written_rows.hpp"
#include "prepare/reduction.hpp"

namespace maha::cli {

ModelRows::ModelRows(App& app, Options& options, const std::string& help)
    : app_(app), options_(options), others_(options.names()), input_(app, options, data::LabelUse::optional) {
  options.rows("--data", path_, help);
}

void ModelRows::check() const {
  if (path_) return;
  for (const std::string& name : options_.given()) {
    if (std::find(others_.begin(), others_.end(), name) == others_.end()) {
      throw UsageError(name + ": goes with --data FILE");
    }
  }
}

void ModelRows::each(const data::Model& model, const std::function<void(const NextRows&)>& work) {
  const std::unique_ptr<data::RowSource> source = input_.open(path_.value(), learned_columns(model));
  const NextRows rows = [&, next = labeled_rows(app_, *source, input_.dialect())](Matrix& X, Labels& y) {
    if (!next(X, y)) return false;
    data::require_values(*source, X);
    return true;
  };
  about(source->name(), [&] { work(rows); });
}

std::optional<metric::Importance> ModelRows::importance(const data::Model& model) {
  if (!path_) return std::nullopt;
  const metric::Metric& metric = model.linear();
  metric::Importance found;
  each(model, [&](const NextRows& next) { found = metric::importance(metric, next, app_.threads()); });
  return found;
}

data::Model ModelRows::reduce(const data::Model& model, Index dims) {
  const metric::Metric& metric = model.linear();
  data::Model reduced = model;
  each(model, [&](const NextRows& next) {
    const prepare::Reduction plane = prepare::reduce_metric(metric, dims, next, app_.threads());
    reduced.replace_metric(plane.metric);
    reduced.other.set("rank", plane.metric.rank()).set("variance_kept", plane.kept);
  });
  return reduced;
}

}  // namespace maha::cli
