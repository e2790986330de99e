#include "cli/learner/fitted.hpp"

#include <utility>

#include "cli/about.hpp"
#include "cli/inputs/model_io.hpp"
#include "cli/learner/about_features.hpp"
#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/model/model_json.hpp"
#include "data/table/utf8.hpp"

namespace maha::cli {
namespace {

constexpr const char* kTargets = "targets";  // what the parameters of a fit with such targets record

/// The start in the form that the learner takes: a metric, or anything but 0 for one that trains by gradients.
learn::Learned start_of(const data::Model& init, const learn::Hooks& hooks) {
  if (!hooks.trains_network) return init.linear();
  if (init.network() && init.network()->kernel())
    throw InputError(init.source + ": no fit starts from a model with a kernel");
  if (init.network() || init.rank() > 0) return init.metric;
  throw UsageError("--init: " + init.source + ": the metric is 0, from where no gradient leads away");
}

/// The samples of a table and its companions; the table keeps its columns.
learn::Samples samples_of(data::Table& table, Companions companions, const learn::Hooks& hooks,
                          const Threads& threads) {
  learn::Samples samples;
  samples.class_names = table.classes;
  samples.feature_names = table.columns.feature_names();
  if (companions.targets)
    samples.target_space = about(table.name, [&] { return companions.targets->transform(table.X, threads); });
  if (companions.init) samples.init = start_of(*companions.init, hooks);
  if (companions.prior) samples.prior = companions.prior->linear();
  samples.X = std::move(table.X);
  samples.y = std::move(table.y);
  samples.target = std::move(table.target);
  samples.pairs = std::move(companions.pairs);
  samples.triplets = std::move(companions.triplets);
  samples.quadruplets = std::move(companions.quadruplets);
  samples.chunks = std::move(companions.chunks);
  return samples;
}

template <class... Numbers>
void add_whole(Checksum& all, Numbers... numbers) {
  (all.add(static_cast<std::uint64_t>(numbers)), ...);
}

/// What the learner learns.
template <class Rows>
learn::Lesson lesson_of(const learn::Learner& learner, Rows&& rows, const data::Columns& columns, const Run& run) {
  return about_features(columns, [&] { return learner.learn(std::forward<Rows>(rows), run); });
}

}  // namespace

Checksum checksum_of(const Companions& companions, Checksum all) {
  add_whole(all, companions.pairs.size(), companions.triplets.size(), companions.quadruplets.size(),
            companions.chunks.size());
  for (const auto& [i, j, similar] : companions.pairs) add_whole(all, i, j, similar);
  for (const auto& [i, j, l] : companions.triplets) add_whole(all, i, j, l);
  for (const auto& [i, j, k, l, weight] : companions.quadruplets) {
    add_whole(all, i, j, k, l);
    all.add_number(weight);
  }
  for (const int chunk : companions.chunks) add_whole(all, chunk);
  for (const auto* model : {&companions.init, &companions.prior, &companions.targets})
    all.add({*model ? data::format_model(**model) : ""});
  return all;
}

std::string checksum_of(const data::Table& table, const Companions& companions) {
  Checksum all;
  add_whole(all, table.X.rows(), table.X.cols(), table.y.size(), table.target.size());
  for (const double number : table.X.reshaped<Eigen::RowMajor>()) all.add_number(number);
  for (const int label : table.y) add_whole(all, label);
  for (const double number : table.target) all.add_number(number);
  return checksum_of(companions, all).text();
}

Fitted fitted(const learn::Learner& learner, learn::Lesson lesson, const data::Columns& columns, const Vector& fill,
              Index rows) {
  Fitted done;
  done.fit = std::move(lesson.fit);
  const learn::Fit& fit = done.fit;
  done.warnings = learner.warnings(fit, columns.feature_names());
  data::Model& model = done.model;
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

Fitted fit_file(const learn::Learner& learner, data::Table table, Companions companions, const Run& run) {
  const std::string file = table.name;
  data::require_utf8_names(table.columns, file);
  const Index rows = table.rows();
  const bool other_targets = companions.targets.has_value();
  learn::Samples samples = samples_of(table, std::move(companions), learner.hooks(), run.threads);
  return about(file, [&] {
    Fitted done =
        fitted(learner, lesson_of(learner, std::move(samples), table.columns, run), table.columns, table.fill, rows);
    if (other_targets) done.model.parameters.set(kTargets, "model");
    return done;
  });
}

learn::Findings study_file(const learn::Learner& learner, data::Table table, Companions companions,
                           const Threads& threads) {
  const std::string file = table.name;
  learn::Samples samples = samples_of(table, std::move(companions), learner.hooks(), threads);
  return about(file, [&] { return learner.study(std::move(samples), threads); });
}

std::string csv(const learn::Findings& findings) {
  std::string text;
  const auto end_line = [&text] { text.back() = '\n'; };
  for (const std::string& column : findings.columns) text += column + ",";
  end_line();
  for (const std::vector<Report::Value>& row : findings.rows) {
    for (const Report::Value& value : row) {
      if (const auto* number = std::get_if<double>(&value)) append_number(text, *number);
      if (const auto* word = std::get_if<std::string>(&value)) text += *word;
      text += ',';
    }
    end_line();
  }
  return text;
}

data::Proof proof_of(const learn::Learner& learner, const learn::Fit& fit, const std::string& model) {
  data::Proof proof{learner.name(), fit.objective.value_or(0), fit.bound.value_or(0), data::digest(model), {}};
  for (const auto& [name, numbers] : fit.proof) proof.numbers.emplace_back(name, numbers);
  return proof;
}

bool has_other_targets(const data::Model& model) { return model.parameters.find(kTargets) != nullptr; }

Fitted fit_stream(const learn::Learner& learner, const NextRows& next, const data::Columns& columns,
                  const std::string& file, const Run& run) {
  data::require_utf8_names(columns, file);
  return about(file, [&] { return fitted(learner, lesson_of(learner, next, columns, run), columns, {}, 0); });
}

}  // namespace maha::cli
