#include "compare/evaluate.hpp"

#include <chrono>

#include "core/error.hpp"
#include "core/text.hpp"
#include "eval/knn/confusion.hpp"
#include "eval/knn/knn_classifier.hpp"
#include "neighbors/index.hpp"

namespace maha::compare {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// The errors of k-NN, as maha-knn counts them.
Index knn_errors(const Lesson& lesson, const Split& split, const Protocol& protocol, const Threads& threads) {
  if (protocol.k > split.train.rows()) {
    throw InputError("k = " + std::to_string(protocol.k) + " is more than the number of rows, " +
                     std::to_string(split.train.rows()));
  }
  const NeighborIndex index(lesson.map(split.train.X, threads), threads);
  const NeighborLists neighbors = index.nearest(lesson.map(split.test.X, threads), protocol.k, threads);
  const auto predicted = knn_vote(neighbors, split.train_label, {protocol.k}, protocol.votes);
  return Confusion(split.test_label, predicted.front().label, split.classes).errors();
}

/// Fits. Where it fails with rows of one class only, that is said too.
Lesson fit(const Variant& variant, const Table& train, std::uint64_t seed, const Run& run) {
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
  const Lesson lesson = fit(variant, split.train, protocol.seed, watched);
  if (stopped) throw Stopped();
  cell.fit_seconds += seconds_since(start);
  const auto fitted_at = std::chrono::steady_clock::now();
  cell.errors = knn_errors(lesson, split, protocol, run.threads);
  cell.test_seconds += seconds_since(fitted_at);
  if (lesson.fit.converged) cell.converged = *lesson.fit.converged;
  cell.warnings = variant.warnings(lesson, split.train);
}

/// The variant with the fewest errors in a cross-validation of the training rows. The time it takes is the fit's.
const Variant& choose(const Algorithm& algorithm, RunSplits& splits, const Protocol& protocol, const Run& run,
                      Cell& cell) {
  const auto start = std::chrono::steady_clock::now();
  const std::vector<Split>& folds = splits.inner();
  const Variant* best = nullptr;
  Index fewest = 0;
  std::string failure;
  for (const Variant& variant : algorithm.variants()) {
    try {
      Index errors = 0;
      for (const Split& fold : folds) {
        Cell inner;
        evaluate(variant, fold, protocol, run, inner);
        errors += inner.errors;
      }
      if (!best || errors < fewest) {
        best = &variant;
        fewest = errors;
      }
    } catch (const InputError& e) {
      failure = e.what();
    }
  }
  if (!best) throw InputError("every choice fails: " + failure);
  cell.chosen = best->choice();
  cell.fit_seconds += seconds_since(start);
  return *best;
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

}  // namespace maha::compare
