#include "cli/mmc_learner.hpp"

namespace maha::cli {

Fitted MmcLearner::fit(Table table, const Pairs& pairs, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  table.X = prepared.apply(table.X, run.threads);
  if (init) options.init = prepared.unfold(init->linear());
  const MmcResult result = fit_mmc(table.X, pairs, options, run);
  return fitted("mmc", table, prepared, result.metric, result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
