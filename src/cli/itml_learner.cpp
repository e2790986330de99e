#include "cli/itml_learner.hpp"

#include "core/error.hpp"
#include "core/text.hpp"
#include "learn/covariance/covariance.hpp"

namespace maha::cli {

void ItmlLearner::check() const {
  if (options.prior_is_model() && !reads_models) {
    throw UsageError("--prior: " + in_quotes(options.prior_name) + " is none of identity, covariance");
  }
  check_ranges(options);
}

Fitted ItmlLearner::fit(Table table, const Pairs& pairs, const Run& run) {
  const Preprocessing prepared = fit_preprocessing(table.X, preprocessing, run.threads);
  table.X = prepared.apply(table.X, run.threads);
  if (earlier) options.prior = prepared.unfold(earlier->linear());
  bool singular = false;
  if (options.prior_name == "covariance") {
    const CovarianceResult covariance = fit_covariance(table.X, {}, {}, {run.threads, {}, {}});
    options.prior = covariance.metric;
    singular = covariance.singular();
  }
  if (init) options.init = prepared.unfold(init->linear());
  ItmlResult result = fit_itml(table.X, pairs, options, run);
  if (singular) result.warnings.insert(result.warnings.begin(), "the prior is its pseudo-inverse, and M in its range");
  Fitted done = fitted("itml", table, prepared, result.metric, result.report,
                       with_singularity(result.warnings, table, prepared, run.threads));
  done.model.seed = static_cast<std::int64_t>(options.seed);
  return done;
}

}  // namespace maha::cli
