#include "cli/triplet_learner.hpp"

#include "cli/model_io.hpp"
#include "core/error.hpp"

namespace maha::cli {

void TripletLearner::declare(Options& all) {
  training_.declare(all, options);
  all.option("--margin", options.margin, "of squared distances, by which negatives shall be farther than positives");
  const auto word = [](Sampler sampler) { return std::pair(name_of(sampler), sampler); };
  all.choice("--sampler", options.sampler,
             {word(Sampler::uniform), word(Sampler::easy), word(Sampler::semi_hard), word(Sampler::hard),
              word(Sampler::distance_weighted)},
             "which row of another class is the negative of a triplet");
  all.flag(
      "--no-normalize", [this] { options.normalize = false; }, "leave embeddings as long as they come");
  preprocessing_options(all, preprocessing);
}

void TripletLearner::check() const {
  TrainingControl::check(options);
  if (!(options.margin > 0)) throw UsageError("--margin: must be above 0");
  if (options.sampler != Sampler::distance_weighted) return;
  if (!options.normalize) throw UsageError("--no-normalize goes without --sampler distance-weighted: name another");
  if (options.layers == std::vector<Index>{1}) throw UsageError("--layers: distance-weighted sampling wants 2 or more");
}

Report TripletLearner::parameters() const {
  Report report = TrainingControl::parameters(options);
  report.set("margin", options.margin).set("sampler", name_of(options.sampler));
  if (!options.normalize) report.set("no_normalize", true);
  return report;
}

/// Puts the preprocessed rows in the place of the raw ones.
Preprocessing TripletLearner::prepare(Table& table, const Threads& threads) {
  Preprocessing prepared = fit_preprocessing(table.X, preprocessing, threads);
  if (init) training_.start_from(*init, prepared, options);
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
  return fitted("triplet", table, prepared, result.metric, parameters(), result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
