#include "cli/fitted.hpp"

#include "cli/about.hpp"
#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "data/table/utf8.hpp"

namespace maha::cli {
namespace {

constexpr const char* kTargets = "targets";  // what the parameters of a fit with such targets record

/// The start in the form that the learner takes: a metric, or anything but 0 for one that trains by gradients.
Learned start_of(const Model& init, const Hooks& hooks) {
  if (!hooks.trains_network) return init.linear();
  if (init.network() || init.rank() > 0) return init.metric;
  throw UsageError("--init: " + init.source + ": the metric is 0, from where no gradient leads away");
}

/// The samples of a table and its companions; the table keeps its columns.
Samples samples_of(Table& table, Companions companions, const Hooks& hooks, const Threads& threads) {
  Samples samples;
  samples.class_names = table.classes;
  samples.feature_names = table.columns.feature_names();
  if (companions.targets) samples.target_space = companions.targets->transform(table.X, threads);
  if (companions.init) samples.init = start_of(*companions.init, hooks);
  if (companions.prior) samples.prior = companions.prior->linear();
  samples.X = std::move(table.X);
  samples.y = std::move(table.y);
  samples.pairs = std::move(companions.pairs);
  samples.triplets = std::move(companions.triplets);
  return samples;
}

/// `rows`: the number of rows read.
Fitted fitted(const Learner& learner, Lesson lesson, const Columns& columns, const Vector& fill, Index rows) {
  Fitted done;
  done.fit = std::move(lesson.fit);
  const Fit& fit = done.fit;
  done.warnings = learner.warnings(fit, columns.feature_names());
  Model& model = done.model;
  model.metric = fit.metric;
  if (fit.center.size() > 0) model.center = fit.center.transpose();
  model.algorithm = learner.name();
  model.parameters = std::move(lesson.parameters);
  if (fit.seed) model.seed = static_cast<std::int64_t>(*fit.seed);
  model.objective = fit.objective;
  model.bound = fit.bound;
  model.gap = fit.gap;
  model.iterations = fit.iterations;
  model.converged = fit.converged;
  model.rows = fit.rows.value_or(rows);
  model.other = fit.extras;
  record_source(model, columns, fill, learner.preprocessing);
  return done;
}

Fitted fit_table(const Learner& learner, Table table, Companions companions, const Run& run) {
  const Index rows = table.rows();
  const bool other_targets = companions.targets.has_value();
  Samples samples = samples_of(table, std::move(companions), learner.hooks(), run.threads);
  Fitted done = fitted(learner, learner.learn(std::move(samples), run), table.columns, table.fill, rows);
  if (other_targets) done.model.parameters.set(kTargets, "model");
  return done;
}

}  // namespace

Fitted fit_file(const Learner& learner, Table table, Companions companions, const Run& run) {
  const std::string file = table.name;
  require_utf8_names(table.columns, file);
  return about(file, [&] { return fit_table(learner, std::move(table), std::move(companions), run); });
}

Findings study_file(const Learner& learner, Table table, Companions companions, const Threads& threads) {
  const std::string file = table.name;
  return about(
      file, [&] { return learner.study(samples_of(table, std::move(companions), learner.hooks(), threads), threads); });
}

bool has_other_targets(const Model& model) { return model.parameters.find(kTargets) != nullptr; }

Fitted fit_stream(const Learner& learner, const NextRows& next, const Columns& columns, const std::string& file,
                  const Run& run) {
  require_utf8_names(columns, file);
  return about(file, [&] { return fitted(learner, learner.learn(next, run), columns, {}, 0); });
}

}  // namespace maha::cli
