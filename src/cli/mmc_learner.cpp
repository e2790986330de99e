#include "cli/mmc_learner.hpp"

#include "cli/model_io.hpp"
#include "core/error.hpp"

namespace maha::cli {

void MmcLearner::declare(Options& all) {
  all.flag("--diagonal", options.diagonal, "weights of features alone");
  all.option("--ridge", options.ridge,
             "add this share of the similar pairs' mean scatter to it (default: 1e-6 if singular)");
  all.option("--tolerance", options.tolerance, "relative gap to the optimum at which to stop");
  all.option("--max-iterations", options.max_iterations, "stop after so many");
  preprocessing_options(all, preprocessing);
}

void MmcLearner::check() const {
  if (!(options.tolerance > 0)) throw UsageError("--tolerance: must be above 0");
  if (options.max_iterations < 1) throw UsageError("--max-iterations: must be at least 1");
  if (options.ridge && !(*options.ridge > 0)) throw UsageError("--ridge: must be above 0");
}

Report MmcLearner::parameters() const {
  Report report;
  if (options.diagonal) report.set("diagonal", true);
  report.set("tolerance", options.tolerance);
  if (options.ridge) report.set("ridge", *options.ridge);
  return report;
}

Fitted MmcLearner::fit(Table table, const Pairs& pairs, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  table.X = prepared.apply(table.X, run.threads);
  if (init) options.init = prepared.unfold(init->linear());
  const MmcResult result = fit_mmc(table.X, pairs, options, run);
  return fitted("mmc", table, prepared, result.metric, parameters(), result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
