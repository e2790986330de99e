#include "cli/cov_learner.hpp"

#include "cli/model_io.hpp"
#include "core/error.hpp"
#include "core/number.hpp"
#include "core/text.hpp"

namespace maha::cli {
namespace {

void set_shrinkage(CovarianceOptions& options, const std::string& text) {
  options.shrinkage = text == "ledoit-wolf" ? Shrinkage::ledoit_wolf
                      : text == "oas"       ? Shrinkage::oas
                                            : Shrinkage::fixed;
  if (options.shrinkage != Shrinkage::fixed) return;
  if (!parse_number(text, options.weight) || !(options.weight >= 0 && options.weight <= 1)) {
    throw UsageError("--shrinkage: " + in_quotes(text) + " is none of ledoit-wolf|oas, and no number from 0 to 1");
  }
}

}  // namespace

void CovLearner::declare(Options& options) {
  options.flag("--within", options_.within, "covariance within classes, each row about the mean of its class");
  options.flag("--unbiased", options_.unbiased, "divide by n - 1, within classes by n - classes (default: by n)");
  options.custom("--shrinkage", "shrink towards a multiple of the identity, by a formula or by this weight",
                 "ledoit-wolf|oas|VALUE", [this](const std::string& text) { set_shrinkage(options_, text); });
  options.option("--ridge", options_.ridge, "add this multiple of the mean variance to each variance");
  options.flag("--pseudo-inverse", pseudo_inverse_, "no warning where a singular covariance gets its pseudo-inverse");
  preprocessing_options(options, preprocessing);
}

void CovLearner::check() const {
  if (!(options_.ridge >= 0)) throw UsageError("--ridge: must be at least 0");
}

CovarianceOptions CovLearner::options() const {
  CovarianceOptions all = options_;
  all.preprocessing = preprocessing;
  return all;
}

Report CovLearner::parameters() const {
  Report report;
  if (options_.within) report.set("within", true);
  if (options_.unbiased) report.set("unbiased", true);
  if (options_.ridge > 0) report.set("ridge", options_.ridge);
  if (options_.shrinkage == Shrinkage::ledoit_wolf) report.set("shrinkage", "ledoit-wolf");
  if (options_.shrinkage == Shrinkage::oas) report.set("shrinkage", "oas");
  if (options_.shrinkage == Shrinkage::fixed) report.set("shrinkage", options_.weight);
  if (pseudo_inverse_) report.set("pseudo_inverse", true);
  return report;
}

Fitted CovLearner::fit(Table table, const Pairs&, const Run& run) {
  return fitted_covariance(fit_covariance(table.X, table.y, options(), run), table.columns, table.fill);
}

Fitted CovLearner::fit(const NextRows& next, const Columns& columns, const Run& run) {
  return fitted_covariance(fit_covariance(next, options(), run), columns, {});
}

Fitted CovLearner::fitted_covariance(const CovarianceResult& result, const Columns& columns, const Vector& fill) const {
  Fitted done;
  Model& model = done.model;
  model.metric = result.metric;
  model.center = result.center.transpose();
  model.algorithm = "cov";
  model.parameters = parameters();
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
