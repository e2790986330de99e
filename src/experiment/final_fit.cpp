#include "experiment/final_fit.hpp"

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "experiment/evaluate.hpp"

namespace maha::experiment {
namespace {

bool learns(const Algorithm& algorithm) {
  return algorithm.variants().front().learner().from() != learn::From::nothing;
}

/// The first of the best among those of which `counts` is true and that have an accuracy.
template <class Counts>
std::optional<std::size_t> best_of(const std::vector<eval::Standing>& standings, Counts counts) {
  std::optional<std::size_t> best;
  for (std::size_t a = 0; a < standings.size(); ++a) {
    if (!standings[a].mean || !counts(a)) continue;
    if (!best || standings[a].rank < standings[*best].rank) best = a;
  }
  return best;
}

}  // namespace

void check_final(const Experiment& experiment, const std::vector<Algorithm>& algorithms) {
  const std::string best = "--best: ";
  const std::size_t sets = experiment.datasets.size();
  if (sets != 1) throw UsageError(best + "a model is of one data set, and there are " + std::to_string(sets));
  const DataSet& set = experiment.datasets.front();
  if (!set.parts.empty()) throw UsageError(best + "the rows of " + in_quotes(set.name) + " are not in one file");
  if (std::any_of(algorithms.begin(), algorithms.end(), learns)) return;
  throw UsageError(best + experiment.algorithms.front().name + " learns nothing, so that there is no model");
}

FinalFit fit_best(const Results& results, const std::vector<Algorithm>& algorithms, const data::Table& rows,
                  const Run& run) {
  const std::vector<eval::Standing> standings = statistics_of(results).standings.front();
  const auto best = best_of(standings, [&](std::size_t a) { return learns(algorithms[a]); });
  if (!best) throw InputError("--best: no algorithm that learns something has a result");
  const std::string name = results.experiment.algorithms[*best].name;
  const Protocol& protocol = results.experiment.protocol;
  FinalFit done;
  done.algorithm = static_cast<Index>(*best);
  const auto first = best_of(standings, [](std::size_t) { return true; });
  done.beaten = standings[*first].rank < standings[*best].rank;
  try {
    done.setup = choose(algorithms[*best], rows, protocol, run);
    done.lesson = fit(*done.setup.variant, rows, protocol.seed, run);
  } catch (const InputError& e) {
    throw InputError("--best: " + name + " fails on all rows: " + e.what());
  }
  done.columns = rows.columns;
  done.fill = rows.fill;
  done.rows = rows.rows();
  return done;
}

}  // namespace maha::experiment
