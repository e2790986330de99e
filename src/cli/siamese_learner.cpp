#include "cli/siamese_learner.hpp"

#include "cli/model_io.hpp"
#include "core/error.hpp"

namespace maha::cli {

void SiameseLearner::declare(Options& all) {
  training_.declare(all, options);
  all.option("--margin", options.margin, "distance that dissimilar rows shall have");
  preprocessing_options(all, preprocessing);
}

void SiameseLearner::check() const {
  TrainingControl::check(options);
  if (!(options.margin > 0)) throw UsageError("--margin: must be above 0");
}

Report SiameseLearner::parameters() const { return TrainingControl::parameters(options).set("margin", options.margin); }

Fitted SiameseLearner::fit(Table table, const Pairs& pairs, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  if (init) training_.start_from(*init, prepared, options);
  table.X = prepared.apply(table.X, run.threads);
  const EmbeddingResult result =
      pairs.empty() ? fit_siamese(table.X, table.y, options, run) : fit_siamese(table.X, pairs, options, run);
  return fitted("siamese", table, prepared, result.metric, parameters(), result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
