#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/nca/nca.hpp"
#include "learn/projection.hpp"

namespace maha::learn::nca {

void declare(OptionList& all, NcaOptions& options) {
  all.choice("--objective", options.objective,
             {{"accuracy", Objective::accuracy}, {"log-likelihood", Objective::log_likelihood}},
             "what to maximise the mean of: the chance that a row's soft vote is right, or its logarithm");
  declare_rank(all, options.rank, "learn a factor L with at most R rows (default: as many as features)");
  all.flag("--diagonal", options.diagonal, "weights of features alone");
  all.number("--l1", options.l1, "with --diagonal: penalty of each weight, times the feature's variance")
      .at_least(0)
      .without_default()
      .recorded_if_changed();
  all.number("--batch", options.batch,
             "rows of a mini-batch, 0 for all at once (default: all up to 4000 rows, beyond 1000)", "B")
      .at_least(0);
  all.number("--passes", options.passes, "passes over the rows in mini-batches").at_least(1).recorded_if_changed();
  all.number("--tolerance", options.tolerance, "gradient at which to stop, relative to the length of L").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many, with all rows at once")
      .at_least(0)
      .unrecorded();
  all.number("--seed", options.seed, "of the mini-batches").unrecorded();
}

void check(const NcaOptions& options) {
  check_ranges(options);
  if (options.rank > 0 && options.diagonal) throw UsageError("--rank: goes without --diagonal");
  if (options.l1 > 0 && !options.diagonal) throw UsageError("--l1: goes with --diagonal");
  if (options.batch.value_or(0) > 0 && options.diagonal) throw UsageError("--batch: goes without --diagonal");
  if (options.batch == Index{1}) throw UsageError("--batch: a mini-batch of 1 row has no neighbours");
}

void describe(Hooks& hooks, NcaOptions&) {
  hooks.start = "start from this model, and keep its rank";
  hooks.over_ranks = true;
  hooks.examples = {
      "maha-nca --standardize datasets/wine.csv -o nca.json",
      "maha-nca --rank 2 --standardize datasets/wine.csv | maha-transform -m - datasets/wine.csv | head -3",
      "maha-nca --diagonal --l1 0.01 datasets/wdbc.csv | maha-model weights - | head -3"};
}

}  // namespace maha::learn::nca
