#include "cli/cov_learner.hpp"

#include "cli/model_io.hpp"

namespace maha::cli {

void CovLearner::declare(OptionList& all) {
  maha::declare(all, options_);
  all.flag("--pseudo-inverse", pseudo_inverse_, "no warning where a singular covariance gets its pseudo-inverse");
}

CovarianceOptions CovLearner::options() const {
  CovarianceOptions all = options_;
  all.preprocessing = preprocessing;
  return all;
}

Fitted CovLearner::fit(Table table, const Pairs&, const Run& run) {
  return fitted_covariance(fit_covariance(table.X, table.y, options(), run), table.columns, table.fill);
}

Fitted CovLearner::fit(const NextRows& next, const Columns& columns, const Run& run) {
  return fitted_covariance(fit_covariance(next, options(), run), columns, {});
}

Fitted CovLearner::fitted_covariance(const CovarianceResult& result, const Columns& columns, const Vector& fill) {
  Fitted done;
  Model& model = done.model;
  model.metric = result.metric;
  model.center = result.center.transpose();
  model.algorithm = "cov";
  model.parameters = all_options().parameters();
  model.take(result.report);
  record_source(model, columns, fill, preprocessing);
  done.report = result.report;
  const auto name = [&](Index j) { return model.feature_name(j); };
  if (result.singular() && !pseudo_inverse_) {
    done.warnings.push_back(singularity(result, name) + "; M is its pseudo-inverse");
  }
  return done;
}

}  // namespace maha::cli
