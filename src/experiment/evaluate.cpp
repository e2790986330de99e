#include "experiment/evaluate.hpp"

#include <algorithm>
#include <chrono>
#include <optional>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "eval/knn/confusion.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "neighbors/index.hpp"

namespace maha::experiment {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The errors of k-NN, as maha-knn counts them.
Index knn_errors(const learn::Lesson& lesson, const Split& split, const Protocol& protocol, const Threads& threads) {
  if (protocol.k > split.train.rows()) {
    throw InputError("k = " + std::to_string(protocol.k) + " is more than the number of rows, " +
                     std::to_string(split.train.rows()));
  }
  const neighbors::NeighborIndex index(lesson.map(split.train.X, threads), threads);
  const neighbors::NeighborLists neighbors = index.nearest(lesson.map(split.test.X, threads), protocol.k, threads);
  const auto predicted = eval::knn_vote(neighbors, split.train_label, {protocol.k}, protocol.votes);
  return eval::Confusion(split.test_label, predicted.front().label, split.classes).errors();
}

/// Fits. Where it fails with rows of one class only, that is said too.
learn::Lesson fit(const Variant& variant, const data::Table& train, std::uint64_t seed, const Run& run) {
  try {
    return variant.fit(train, seed, run);
  } catch (const UsageError&) {
    throw;
  } catch (const InputError& e) {
    if (train.classes.size() != 1) throw;
    throw InputError(std::string(e.what()) + " (all training rows are of class " + in_quotes(train.classes.front()) +
                     ")");
  }
}

/// Fits and counts; what the cell has so far stays.
void evaluate(const Variant& variant, const Split& split, const Protocol& protocol, const Run& run, Cell& cell) {
  const auto start = std::chrono::steady_clock::now();
  bool stopped = false;
  const Run watched{run.threads,
                    [&](const Progress& state) {
                      stopped = stopped || !run.tell(state);
                      return !stopped;
                    },
                    [&] { return stopped = stopped || run.stop(); }};
  const learn::Lesson lesson = fit(variant, split.train, protocol.seed, watched);
  if (stopped) throw RunStopped();
  cell.fit_seconds += seconds_since(start);
  const auto fitted_at = std::chrono::steady_clock::now();
  cell.errors = knn_errors(lesson, split, protocol, run.threads);
  cell.test_seconds += seconds_since(fitted_at);
  if (lesson.fit.converged) cell.converged = *lesson.fit.converged;
  cell.warnings = variant.warnings(lesson, split.train);
}

/// What a variant has come to in the inner folds so far.
struct Trial {
  const Variant* variant;
  Index errors = 0;
  std::optional<std::string> failure{};
};

/// The variant with the fewest errors in a cross-validation of the training rows. Each fold is cut once for all
/// variants. The time it takes is the fit's.
const Variant& choose(const Algorithm& algorithm, RunSplits& splits, const Protocol& protocol, const Run& run,
                      Cell& cell) {
  const auto start = std::chrono::steady_clock::now();
  std::vector<Trial> trials;
  for (const Variant& variant : algorithm.variants()) trials.push_back({&variant});
  for (Index fold = 0; fold < protocol.inner_folds; ++fold) {
    const Split split = splits.inner(fold);
    for (Trial& trial : trials) {
      if (trial.failure) continue;
      try {
        Cell inner;
        evaluate(*trial.variant, split, protocol, run, inner);
        trial.errors += inner.errors;
      } catch (const InputError& e) {
        trial.failure = e.what();
      }
    }
  }
  const auto better = [](const Trial& a, const Trial& b) { return !a.failure && (b.failure || a.errors < b.errors); };
  const auto best = std::min_element(trials.begin(), trials.end(), better);
  if (best->failure) throw InputError("every choice fails: " + *trials.back().failure);
  cell.chosen = best->variant->choice();
  cell.fit_seconds += seconds_since(start);
  return *best->variant;
}

}  // namespace

void evaluate(const Algorithm& algorithm, RunSplits& splits, const Protocol& protocol, const Run& run, Cell& cell) {
  const Split& split = splits.outer();
  cell.train_rows = split.train.rows();
  cell.test_rows = split.test.rows();
  const bool to_choose = algorithm.variants().size() > 1;
  const Variant& variant = to_choose ? choose(algorithm, splits, protocol, run, cell) : algorithm.variants().front();
  evaluate(variant, split, protocol, run, cell);
}

}  // namespace maha::experiment
