#include "experiment/evaluate.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <map>
#include <optional>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "eval/knn/confusion.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "eval/regression/knn_regressor.hpp"
#include "eval/statistics/folds.hpp"
#include "neighbors/index.hpp"

namespace maha::experiment {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void require_rows(Index k, const data::Table& train) {
  if (k <= train.rows()) return;
  throw InputError("k = " + std::to_string(k) + " is more than the number of rows, " + std::to_string(train.rows()));
}

/// The sum of the squared errors of k-NN regression for each k.
std::vector<double> squared_errors(const neighbors::NeighborLists& neighbors, const Split& split,
                                   const std::vector<Index>& ks, eval::Votes votes) {
  const auto averaging = votes == eval::Votes::weighted ? eval::Averaging::weighted : eval::Averaging::plain;
  std::vector<double> sums;
  for (const eval::KnnEstimate& estimate : eval::knn_means(neighbors, split.train.target, ks, averaging)) {
    sums.push_back((estimate.value - split.test.target).squaredNorm());
    if (!std::isfinite(sums.back())) throw InputError("the target's values are too large: their squares overflow");
  }
  return sums;
}

/// What k-NN loses for each k, as maha-knn counts it: the errors, or those of numbers squared.
std::vector<double> knn_losses(const learn::Lesson& lesson, const Split& split, const std::vector<Index>& ks,
                               eval::Votes votes, const Threads& threads) {
  for (const Index k : ks) require_rows(k, split.train);
  const Index most = *std::max_element(ks.begin(), ks.end());
  const neighbors::NeighborIndex index(lesson.map(split.train.X, threads), threads);
  const neighbors::NeighborLists neighbors = index.nearest(lesson.map(split.test.X, threads), most, threads);
  if (split.train.target.size() > 0) return squared_errors(neighbors, split, ks, votes);
  std::vector<double> errors;
  for (const eval::KnnPrediction& predicted : eval::knn_vote(neighbors, split.train_label, ks, votes)) {
    const eval::Confusion confusion(split.test_label, predicted.label, split.classes);
    errors.push_back(static_cast<double>(confusion.errors()));
  }
  return errors;
}

/// Fits, and gives the loss for each k; what the cell has so far stays.
std::vector<double> evaluate(const Variant& variant, const std::vector<Index>& ks, const Split& split,
                             const Protocol& protocol, const Run& run, Cell& cell) {
  const auto start = std::chrono::steady_clock::now();
  const learn::Lesson lesson = fit(variant, split.train, protocol.seed, run);
  cell.fit_seconds += seconds_since(start);
  const auto fitted_at = std::chrono::steady_clock::now();
  std::vector<double> losses = knn_losses(lesson, split, ks, protocol.votes, run.threads);
  cell.test_seconds += seconds_since(fitted_at);
  if (lesson.fit.converged) cell.converged = *lesson.fit.converged;
  cell.warnings = variant.warnings(lesson, split.train);
  return losses;
}

/// What a setup has come to in the inner folds so far.
struct Trial {
  Setup setup;
  double loss = 0;
  std::optional<std::string> failure{};
  bool few_rows = false;  // that is why it failed
};

/// Fits a variant to the training rows of an inner fold, and adds up the losses of the trials that are of it and have
/// not failed.
void try_variant(const Variant& variant, std::vector<Trial>& trials, const Split& split, const Protocol& protocol,
                 const Run& run) {
  std::vector<Trial*> open;
  std::vector<Index> ks;
  for (Trial& trial : trials) {
    if (trial.setup.variant != &variant || trial.failure) continue;
    try {
      require_rows(trial.setup.k, split.train);
      open.push_back(&trial);
      ks.push_back(trial.setup.k);
    } catch (const InputError& e) {
      trial.failure = e.what();
      trial.few_rows = true;
    }
  }
  if (open.empty()) return;
  try {
    Cell inner;
    const std::vector<double> losses = evaluate(variant, ks, split, protocol, run, inner);
    for (std::size_t t = 0; t < open.size(); ++t) open[t]->loss += losses[t];
  } catch (const InputError& e) {
    for (Trial* trial : open) trial->failure = e.what();
  }
}

/// What there is to know of those that failed, for each reason once.
std::vector<std::string> failures_of(const std::vector<Trial>& trials) {
  std::map<std::string, std::vector<std::string>> choices;  // by reason, which for rows is the same in every run
  for (const Trial& trial : trials) {
    if (!trial.failure) continue;
    choices[trial.few_rows ? "there are fewer rows to train on in the inner folds" : *trial.failure].push_back(
        trial.setup.choice);
  }
  std::vector<std::string> texts;
  for (const auto& [reason, of] : choices) {
    const std::string more = of.size() > 1 ? " and " + std::to_string(of.size() - 1) + " more" : "";
    texts.push_back(of.front() + more + " cannot be chosen: " + reason);
  }
  return texts;
}

/// The setup with the least loss in a cross-validation of rows, and what is to be said of those that fail there. Each
/// fold is cut once for all.
std::pair<Setup, std::vector<std::string>> choice(const Algorithm& algorithm,
                                                  const std::function<Split(Index fold)>& inner,
                                                  const Protocol& protocol, const Run& run) {
  std::vector<Trial> trials;
  for (Setup& setup : algorithm.setups()) trials.push_back({std::move(setup)});
  if (trials.size() == 1) return {trials.front().setup, {}};
  for (Index fold = 0; fold < protocol.inner_folds; ++fold) {
    const Split split = inner(fold);
    for (const Variant& variant : algorithm.variants()) try_variant(variant, trials, split, protocol, run);
  }
  const auto better = [](const Trial& a, const Trial& b) { return !a.failure && (b.failure || a.loss < b.loss); };
  const auto best = std::min_element(trials.begin(), trials.end(), better);
  if (best->failure) throw InputError("every choice fails: " + *trials.back().failure);
  return {best->setup, failures_of(trials)};
}

}  // namespace

learn::Lesson fit(const Variant& variant, const data::Table& train, std::uint64_t seed, const Run& run) {
  bool stopped = false;
  const Run watched{run.threads,
                    [&](const Progress& state) {
                      stopped = stopped || !run.tell(state);
                      return !stopped;
                    },
                    [&] { return stopped = stopped || run.stop(); }};
  try {
    learn::Lesson lesson = variant.fit(train, seed, watched);
    if (stopped) throw RunStopped();
    return lesson;
  } catch (const UsageError&) {
    throw;
  } catch (const InputError& e) {
    if (train.classes.size() != 1) throw;
    throw InputError(std::string(e.what()) + " (all training rows are of class " + in_quotes(train.classes.front()) +
                     ")");
  }
}

Setup choose(const Algorithm& algorithm, const data::Table& rows, const Protocol& protocol, const Run& run) {
  std::vector<int> fold_of;
  const auto inner = [&](Index fold) {
    if (fold_of.empty()) fold_of = eval::stratified_folds(strata_of(rows), protocol.inner_folds, protocol.seed);
    return cut(rows, eval::fold_as_test(fold_of, fold));
  };
  return choice(algorithm, inner, protocol, run).first;
}

void evaluate(const Algorithm& algorithm, RunSplits& splits, const Protocol& protocol, const Run& run, Cell& cell) {
  const Split& split = splits.outer();
  cell.train_rows = split.train.rows();
  cell.test_rows = split.test.rows();
  const auto start = std::chrono::steady_clock::now();
  const auto [setup, failures] = choice(
      algorithm, [&](Index fold) { return splits.inner(fold); }, protocol, run);
  cell.chosen = setup.choice;
  cell.fit_seconds += seconds_since(start);  // what the choice takes is the fit's
  const double loss = evaluate(*setup.variant, {setup.k}, split, protocol, run, cell).front();
  if (split.train.target.size() > 0) {
    cell.rmse = std::sqrt(loss / static_cast<double>(cell.test_rows));
  } else {
    cell.errors = static_cast<Index>(loss);
  }
  cell.warnings.insert(cell.warnings.end(), failures.begin(), failures.end());
}

}  // namespace maha::experiment
