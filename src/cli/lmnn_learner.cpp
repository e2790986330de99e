#include "cli/lmnn_learner.hpp"

#include "cli/model_io.hpp"
#include "core/error.hpp"

namespace maha::cli {

void LmnnLearner::declare(Options& all) {
  all.option("-k,--neighbors", neighbors_, "target neighbours of each row, in its class (default: 3)", "K");
  all.option("--push-weight", options.push_weight, "weight of pushing other classes away, in (0, 1)");
  all.option("--tolerance", options.tolerance, "stop at this certified gap, relative to the objective");
  all.option("--max-iterations", options.max_iterations, "stop then, with the best model so far");
  all.option("--rank", options.rank,
             "learn a factor L with at most R rows: a local minimum, converged only if proven the best of any rank",
             "R");
  all.flag("--diagonal", options.diagonal, "learn a weight for each feature only");
  all.option("--ridge", options.ridge, "of the mean diagonal, added where the targets' scatter is singular");
  all.choice("--small-classes", drop_small_classes_, {{"error", false}, {"drop", true}},
             "what to do about classes with no more rows than neighbours (default: error)");
  preprocessing_options(all, preprocessing);
}

void LmnnLearner::check() const {
  if (neighbors_.value_or(1) < 1) throw UsageError("-k,--neighbors: must be at least 1");
  if (!(options.push_weight > 0 && options.push_weight < 1)) throw UsageError("--push-weight: must lie in (0, 1)");
  if (!(options.tolerance > 0)) throw UsageError("--tolerance: must be above 0");
  if (options.max_iterations < 0) throw UsageError("--max-iterations: must be at least 0");
  if (options.rank < 0) throw UsageError("--rank: must be at least 1");
  if (options.rank > 0 && options.diagonal) throw UsageError("--rank: goes without --diagonal");
  if (!(options.ridge > 0)) throw UsageError("--ridge: must be above 0");
}

void LmnnLearner::check_for_triplets() const {
  if (neighbors_) throw UsageError("-k,--neighbors: there are no target neighbours with --triplets");
  if (drop_small_classes_) throw UsageError("--small-classes: there are no classes with --triplets");
}

Report LmnnLearner::parameters(bool ridged) const {
  Report report;
  if (!triplets) report.set("neighbors", options.k);
  report.set("push_weight", options.push_weight);
  report.set("tolerance", options.tolerance);
  if (options.rank > 0) report.set("rank", options.rank);
  if (options.diagonal) report.set("diagonal", true);
  if (ridged) report.set("ridge", options.ridge);
  if (options.drop_small_classes) report.set("small_classes", "drop");
  if (targets) report.set("targets", "model");
  return report;
}

Fitted LmnnLearner::fit(Table table, const Pairs&, const Run& run) {
  options.class_names = table.classes;
  if (preprocessing.pca == 0) options.feature_names = table.columns.feature_names();
  options.k = neighbors_.value_or(options.k);
  options.drop_small_classes = drop_small_classes_.value_or(options.drop_small_classes);
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  if (targets) options.target_space = targets->transform(table.X, run.threads);
  if (init) options.init = prepared.unfold(init->linear());
  table.X = prepared.apply(table.X, run.threads);
  LmnnResult result = triplets ? fit_lmnn_triplets(table.X, std::move(*triplets), options, run)
                               : fit_lmnn(table.X, table.y, options, run);
  dual_ = std::move(result.dual);
  const bool ridged = std::get<double>(*result.report.find("ridge")) > 0;
  return fitted("lmnn", table, prepared, result.metric, parameters(ridged), result.report,
                with_singularity(result.warnings, table, prepared, run.threads));
}

}  // namespace maha::cli
