#include "learn/learner.hpp"

#include <algorithm>

namespace maha {
namespace {

/// Between raw features and those that the learner sees: unfolded() takes a metric or network over raw features, as far
/// as the learner's features determine it, and folded() takes it back.
Learned unfolded(const Preprocessing& prepared, const Learned& space) {
  return std::visit([&](const auto& learned) { return Learned(prepared.unfold(learned)); }, space);
}

Learned folded(const Preprocessing& prepared, const Learned& space) {
  return std::visit([&](const auto& learned) { return Learned(prepared.fold(learned)); }, space);
}

/// Rows in memory, as a stream of one block.
NextRows once(Samples& samples) {
  return [&samples, done = false](Matrix& X, Labels& y) mutable {
    if (done) return false;
    X = std::move(samples.X);
    y = std::move(samples.y);
    return done = true;
  };
}

}  // namespace

OptionList& Learner::options() {
  if (list_.options().empty()) {
    declare_options(list_);
    declare(list_, preprocessing);
  }
  return list_;
}

const Hooks& Learner::hooks() {
  if (!hooks_) describe_hooks(hooks_.emplace());
  return *hooks_;
}

/// Maps the rows, and the start and prior over their features, to the features that are learned from.
Preprocessing Learner::prepare(Samples& samples, const Threads& threads) {
  Preprocessing prepared = fit_preprocessing(samples.X, preprocessing, threads);
  if (samples.init) samples.init = unfolded(prepared, *samples.init);
  if (samples.init) adopt_start(*samples.init);
  if (samples.prior) samples.prior = prepared.unfold(*samples.prior);
  if (preprocessing.pca > 0) samples.feature_names.clear();
  samples.X = prepared.apply(samples.X, threads);
  return prepared;
}

/// Leaves out the options that the fit did not use.
Report Learner::parameters(const Fit& fit) {
  const Report all = options().parameters();
  Report used;
  for (const auto& [key, value] : all.entries()) {
    if (std::find(fit.unused.begin(), fit.unused.end(), key) == fit.unused.end()) used.set(key, value);
  }
  return used;
}

Lesson Learner::learn(Samples samples, const Run& run) {
  if (one_pass()) return learn(once(samples), run);
  Preprocessing prepared = prepare(samples, run.threads);
  Fit done = fit(samples, run);
  done.singularity = find_singularity(samples.X, run.threads);
  // Where nothing was learned, rows go through `prepared`: as a metric it would overflow for tiny features.
  if (from_ != From::nothing) done.metric = folded(prepared, done.metric);
  Report options = parameters(done);
  return {std::move(done), std::move(options), std::move(prepared)};
}

Lesson Learner::learn(const NextRows& next, const Run& run) {
  Fit done = fit(next, run);
  Report options = parameters(done);
  return {std::move(done), std::move(options), {}};
}

Findings Learner::study(Samples samples, const Threads& threads) {
  prepare(samples, threads);
  return hooks().study.look(samples, threads);
}

}  // namespace maha
