#include "cli/lmnn_learner.hpp"

#include "core/error.hpp"

namespace maha::cli {

void LmnnLearner::declare(OptionList& all) {
  maha::declare(all, options);
  all.at("neighbors").recorded_if([this] { return !triplets; });
  all.at("ridge").recorded_if([this] { return ridged_; });
}

void LmnnLearner::check_for_triplets() {
  const OptionList& all = all_options();
  if (all.given("neighbors")) throw UsageError("-k,--neighbors: there are no target neighbours with --triplets");
  if (all.given("small-classes")) throw UsageError("--small-classes: there are no classes with --triplets");
}

Fitted LmnnLearner::fit(Table table, const Pairs&, const Run& run) {
  options.class_names = table.classes;
  if (preprocessing.pca == 0) options.feature_names = table.columns.feature_names();
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  if (targets) options.target_space = targets->transform(table.X, run.threads);
  if (init) options.init = prepared.unfold(init->linear());
  table.X = prepared.apply(table.X, run.threads);
  LmnnResult result = triplets ? fit_lmnn_triplets(table.X, std::move(*triplets), options, run)
                               : fit_lmnn(table.X, table.y, options, run);
  dual_ = std::move(result.dual);
  ridged_ = std::get<double>(*result.report.find("ridge")) > 0;
  Fitted done = fitted("lmnn", table, prepared, result.metric, result.report,
                       with_singularity(result.warnings, table, prepared, run.threads));
  if (targets) done.model.parameters.set("targets", "model");
  return done;
}

}  // namespace maha::cli
