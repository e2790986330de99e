#include "cli/itml_learner.hpp"

#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "learn/covariance.hpp"

namespace maha::cli {

void ItmlLearner::declare(Options& all) {
  all.option("--gamma", options.gamma, "weight of the pairs against the prior");
  all.option("--prior", prior, "metric to stay near to: the Euclidean, the inverse covariance, or a model",
             "identity|covariance|FILE");
  all.option("--similar-within", options.similar_within, "distance that similar pairs shall not exceed", "DISTANCE");
  all.option("--dissimilar-beyond", options.dissimilar_beyond, "distance that dissimilar pairs shall not fall below",
             "DISTANCE");
  all.option("--similar-percentile", options.similar_percentile,
             "or the percentile of the squared distances of rows, under the prior", "PERCENT");
  all.option("--dissimilar-percentile", options.dissimilar_percentile, "the same for dissimilar pairs", "PERCENT");
  all.option("--tolerance", options.tolerance, "relative gap to the optimum at which to stop");
  all.option("--max-iterations", options.max_iterations, "stop after so many");
  all.option("--seed", options.seed, "of the rows that percentiles are taken of, where there are many");
  preprocessing_options(all, preprocessing);
}

void ItmlLearner::check() const {
  if (prior_is_model() && !reads_models)
    throw UsageError("--prior: " + in_quotes(prior) + " is none of identity, covariance");
  if (!(options.gamma > 0)) throw UsageError("--gamma: must be above 0");
  if (!(options.tolerance > 0)) throw UsageError("--tolerance: must be above 0");
  if (options.max_iterations < 1) throw UsageError("--max-iterations: must be at least 1");
  const auto percent = [](double value) { return value >= 0 && value <= 100; };
  if (!percent(options.similar_percentile)) throw UsageError("--similar-percentile: must lie in [0, 100]");
  if (!percent(options.dissimilar_percentile)) throw UsageError("--dissimilar-percentile: must lie in [0, 100]");
  if (!(options.similar_within.value_or(1) > 0)) throw UsageError("--similar-within: must be above 0");
  if (!(options.dissimilar_beyond.value_or(1) > 0)) throw UsageError("--dissimilar-beyond: must be above 0");
}

Report ItmlLearner::parameters() const {
  Report report;
  report.set("gamma", options.gamma).set("prior", prior_is_model() ? "model" : prior);
  if (!options.similar_within) report.set("similar_percentile", options.similar_percentile);
  if (!options.dissimilar_beyond) report.set("dissimilar_percentile", options.dissimilar_percentile);
  return report.set("tolerance", options.tolerance);
}

Fitted ItmlLearner::fit(Table table, const Pairs& pairs, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  table.X = prepared.apply(table.X, run.threads);
  if (earlier) options.prior = prepared.unfold(earlier->linear());
  bool singular = false;
  if (prior == "covariance") {
    const CovarianceResult covariance = fit_covariance(table.X, {}, {}, {run.threads, {}, {}});
    options.prior = covariance.metric;
    singular = covariance.singular();
  }
  if (init) options.init = prepared.unfold(init->linear());
  ItmlResult result = fit_itml(table.X, pairs, options, run);
  if (singular) result.warnings.insert(result.warnings.begin(), "the prior is its pseudo-inverse, and M in its range");
  Fitted done = fitted("itml", table, prepared, result.metric, parameters(), result.report,
                       with_singularity(result.warnings, table, prepared, run.threads));
  done.model.seed = static_cast<std::int64_t>(options.seed);
  return done;
}

}  // namespace maha::cli
