#include "cli/triplet_learner.hpp"

#include "cli/start_from.hpp"

namespace maha::cli {

/// Puts the preprocessed rows in the place of the raw ones.
Preprocessing TripletLearner::prepare(Table& table, const Threads& threads) {
  Preprocessing prepared = fit_preprocessing(table.X, preprocessing, threads);
  if (init) start_from(*init, prepared, !all_options().given("layers"), options);
  table.X = prepared.apply(table.X, threads);
  return prepared;
}

SamplingReport TripletLearner::report_sampling(Table table, const Threads& threads) {
  prepare(table, threads);
  return maha::report_sampling(table.X, table.y, options, threads);
}

Fitted TripletLearner::fit(Table table, const Pairs&, const Run& run) {
  const Preprocessing prepared = prepare(table, run.threads);
  const EmbeddingResult result = fit_triplet(table.X, table.y, options, run);
  return fitted("triplet", table, prepared, result.metric, result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
