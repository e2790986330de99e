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

std::vector<std::string> warnings_of(const Fit& fit, const std::vector<std::string>& features, bool components) {
  const auto name = [&](Index j) {
    const std::string number = std::to_string(j + 1);
    return components ? "component " + number : features.empty() ? number : features[static_cast<std::size_t>(j)];
  };
  std::vector<std::string> texts;
  if (fit.singularity && fit.singularity->singular()) texts.push_back(fit.singularity->text(name));
  for (const Warning& warning : fit.warnings) texts.push_back(warning.text);
  return texts;
}

/// `rows`: the number of rows read.
Fitted fitted(const Learner& learner, Lesson lesson, const Columns& columns, const Vector& fill, Index rows) {
  Fitted done;
  done.fit = std::move(lesson.fit);
  const Fit& fit = done.fit;
  done.warnings = warnings_of(fit, columns.feature_names(), learner.preprocessing.pca > 0);
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
  if (learner.from() == From::nothing) done.plain = std::move(lesson.prepared);
  return done;
}

}  // namespace

Matrix Fitted::map(const MatrixRef& X, const Threads& threads) const {
  return plain ? plain->apply(X, threads) : model.transform(X, threads);
}

Fitted fit_table(Learner& learner, Table table, Companions companions, const Run& run) {
  const Index rows = table.rows();
  const bool other_targets = companions.targets.has_value();
  Samples samples = samples_of(table, std::move(companions), learner.hooks(), run.threads);
  Fitted done = fitted(learner, learner.learn(std::move(samples), run), table.columns, table.fill, rows);
  if (other_targets) done.model.parameters.set(kTargets, "model");
  return done;
}

Fitted fit_file(Learner& learner, Table table, Companions companions, const Run& run) {
  const std::string file = table.name;
  require_utf8_names(table.columns, file);
  return about(file, [&] { return fit_table(learner, std::move(table), std::move(companions), run); });
}

Findings study_file(Learner& learner, Table table, Companions companions, const Threads& threads) {
  const std::string file = table.name;
  return about(
      file, [&] { return learner.study(samples_of(table, std::move(companions), learner.hooks(), threads), threads); });
}

bool has_other_targets(const Model& model) { return model.parameters.find(kTargets) != nullptr; }

Fitted fit_stream(Learner& learner, const NextRows& next, const Columns& columns, const std::string& file,
                  const Run& run) {
  require_utf8_names(columns, file);
  return about(file, [&] { return fitted(learner, learner.learn(next, run), columns, {}, 0); });
}

}  // namespace maha::cli
