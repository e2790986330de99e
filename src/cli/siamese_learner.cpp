#include "cli/siamese_learner.hpp"

#include "cli/start_from.hpp"

namespace maha::cli {

Fitted SiameseLearner::fit(Table table, const Pairs& pairs, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  if (init) start_from(*init, prepared, !all_options().given("layers"), options);
  table.X = prepared.apply(table.X, run.threads);
  const EmbeddingResult result =
      pairs.empty() ? fit_siamese(table.X, table.y, options, run) : fit_siamese(table.X, pairs, options, run);
  return fitted("siamese", table, prepared, result.metric, result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
