#include "learn/learner.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "learn/features_error.hpp"
#include "learn/powers.hpp"
#include "learn/rank_error.hpp"
#include "learn/scatters/scatters.hpp"
#include "metric/too_large.hpp"
#include "metric/transform_rows.hpp"
#include "prepare/few_rows.hpp"

namespace maha::learn {
namespace {

/// Between raw features and those that the learner sees: unfolded() takes a metric or network over raw features, as far
/// as the learner's features determine it, and over_features() takes it back.
Learned unfolded(const prepare::Preprocessing& prepared, const Learned& space) {
  return std::visit([&](const auto& learned) { return Learned(prepared.unfold(learned)); }, space);
}

/// Of a metric that is 0, whatever brought that about.
void warn_of_zero(Fit& fit) {
  const auto* metric = std::get_if<metric::Metric>(&fit.metric);
  if (metric && metric->rank() == 0)
    fit.warnings.push_back({Warning::Code::directions_left_out, "no direction has a weight: every distance is 0"});
}

/// Throws InputError if a figure of the fit is no number, as of values whose squares overflow.
void require_figures(const Fit& fit) {
  const auto require = [](const std::string& figure, double value) {
    if (std::isfinite(value)) return;
    throw InputError("the " + figure + " of the fit overflows: the features' values are too large, or too unlike; " +
                     "--standardize makes them alike");
  };
  if (fit.objective) require("objective", *fit.objective);
  if (fit.bound) require("bound", *fit.bound);
  if (fit.gap) require("gap", *fit.gap);
  for (const auto& [name, value] : fit.extras.entries()) {
    if (const auto* number = std::get_if<double>(&value)) require(name, *number);
    if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
      for (const double each : *numbers) require(name, each);
    }
  }
}

void examine(Fit& fit) {
  require_figures(fit);
  warn_of_zero(fit);
}

/// Takes a proof back to the features before scaling, and notes how they were scaled.
void fold_proof(std::vector<NamedNumbers>& proof, const RowVector& scale) {
  if (proof.empty()) return;
  for (auto& [name, numbers] : proof) {
    if (name == "basis" && numbers.rows() == scale.size()) numbers = scale.cwiseInverse().asDiagonal() * numbers;
    if (name == "prior") numbers = numbers * scale.cwiseInverse().asDiagonal();
  }
  proof.push_back({"scale", scale});
}

std::string component(Index j) { return "component " + std::to_string(j + 1); }

/// What make() returns. A metric whose numbers overflow is told by the feature that brings it about; and features that
/// are no columns of the rows are told as components.
template <class Make>
auto told_by_features(bool features_are_columns, const Make& make) {
  try {
    return make();
  } catch (const metric::TooLarge& e) {
    const auto text = [j = e.feature()](const FeaturesError::Name& name) {
      return "the values of " + name(j) + " differ by too little: the numbers of a model for them overflow";
    };
    if (!features_are_columns) throw InputError(text(&component));
    throw FeaturesError(text);
  } catch (const RankError& e) {
    if (features_are_columns) throw;
    throw InputError(e.text());
  }
}

}  // namespace

/// What was learned, over the raw features. A centre among those of a kernel means nothing there.
void Learner::fold(Fit& fit, const prepare::Preprocessing& prepared) const {
  fit.metric = prepared.over_features(fit.metric);
  if (preprocessing.kernel.any()) fit.center = {};
}

Matrix Lesson::map(const MatrixRef& X, const Threads& threads) const {
  return plain ? plain->apply(X, threads) : metric::transform_rows(fit.metric, fit.center, X, threads);
}

/// Maps the rows, and the start and prior over their features, to the features that are learned from.
prepare::Preprocessing Learner::prepare(Samples& samples, const Threads& threads) const {
  prepare::Preprocessing prepared = prepare::fit_preprocessing(samples.X, preprocessing, threads);
  if (samples.init) samples.init = unfolded(prepared, *samples.init);
  if (samples.prior) samples.prior = prepared.unfold(*samples.prior);
  if (preprocessing.pca > 0 || preprocessing.kernel.any()) samples.feature_names.clear();
  if (preprocessing.any()) samples.X = prepared.apply(samples.X, threads);
  return prepared;
}

/// Leaves out the options that the fit did not use.
Report Learner::parameters_of(const OptionList& all, const Fit& fit) {
  Report used;
  const Report parameters = all.parameters();
  for (const auto& [key, value] : parameters.entries()) {
    if (std::find(fit.unused.begin(), fit.unused.end(), key) == fit.unused.end()) used.set(key, value);
  }
  return used;
}

Lesson Learner::learn(Samples samples, const Run& run, std::optional<std::uint64_t> seed) const {
  if (one_pass()) return learn(prepare::once(samples.X, samples.y), run, seed);
  const RowVector mean = samples.X.rows() > 0 ? RowVector(samples.X.colwise().mean()) : RowVector();
  prepare::Preprocessing prepared = prepare(samples, run.threads);
  const bool columns = preprocessing.pca == 0 && !preprocessing.kernel.any();
  Lesson lesson = told_by_features(columns, [&] { return fit(samples, run, seed); });
  examine(lesson.fit);
  if (lesson.fit.center.size() > 0) lesson.fit.center = mean;  // the fit's own is over what it saw
  fold_proof(lesson.fit.proof, prepared.scale());
  lesson.fit.singularity = prepare::find_singularity(samples.X, run.threads);
  if (from_ == From::nothing) {  // as a metric `prepared` would overflow for tiny features
    lesson.plain = std::move(prepared);
  } else {
    told_by_features(true, [&] { return fold(lesson.fit, prepared); });
  }
  return lesson;
}

Lesson Learner::learn(const NextRows& next, const Run& run, std::optional<std::uint64_t> seed) const {
  if (!preprocessing.kernel.any()) {
    Lesson lesson = told_by_features(preprocessing.pca == 0, [&] { return fit(next, preprocessing, run, seed); });
    examine(lesson.fit);
    return lesson;
  }
  auto [X, y] = prepare::all_rows(next);
  Samples samples{.X = std::move(X), .y = std::move(y)};
  const prepare::Preprocessing prepared = prepare(samples, run.threads);
  try {
    Lesson lesson = told_by_features(false, [&] { return fit(prepare::once(samples.X, samples.y), {}, run, seed); });
    examine(lesson.fit);
    fold(lesson.fit, prepared);
    return lesson;
  } catch (const FeaturesError& e) {  // about those of the kernel, which are no columns
    throw InputError(e.text(&component, "; --pca R or fewer --landmarks leave fewer components"));
  }
}

Lesson Learner::learn(const Scatters& scatters, const Run& run) const {
  const bool columns = preprocessing.pca == 0;
  if (one_pass()) {
    Lesson lesson = told_by_features(columns, [&] { return fit(scatters, preprocessing, run); });
    examine(lesson.fit);
    return lesson;
  }
  require_powers(scatters.total, scatters.total.squares, Powers::squares);
  const prepare::Preprocessing prepared(scatters.total, preprocessing);
  const Scatters seen = preprocessing.any() ? mapped(scatters, prepared.linear_map()) : scatters;
  Lesson lesson = told_by_features(columns, [&] { return fit(seen, {}, run); });
  examine(lesson.fit);
  if (lesson.fit.center.size() > 0) lesson.fit.center = scatters.total.origin + scatters.total.total_mean();
  lesson.fit.singularity =
      prepare::singularity_of(linalg::invert_psd(seen.total.scatter), seen.total.squares.transpose());
  told_by_features(true, [&] { return fold(lesson.fit, prepared); });
  return lesson;
}

Findings Learner::study(Samples samples, const Threads& threads) const {
  prepare(samples, threads);
  return look(samples, threads);
}

std::vector<std::string> Learner::warnings(const Fit& fit, const std::vector<std::string>& features) const {
  const auto name = [&](Index j) {
    if (preprocessing.pca > 0 || preprocessing.kernel.any()) return component(j);
    return features.empty() ? std::to_string(j + 1) : features[static_cast<std::size_t>(j)];
  };
  std::vector<std::string> texts;
  if (fit.singularity && fit.singularity->singular()) texts.push_back(fit.singularity->text(name));
  for (const Warning& warning : fit.warnings) texts.push_back(warning.text);
  return texts;
}

}  // namespace maha::learn
