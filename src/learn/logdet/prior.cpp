#include "learn/logdet/prior.hpp"

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "core/text/text.hpp"
#include "learn/covariance/covariance.hpp"
#include "learn/learner.hpp"

namespace maha::learn::logdet {
namespace {

const std::string kCovariance = "covariance";

}  // namespace

bool prior_is_model(const std::string& name) { return name != kIdentity && name != kCovariance; }

void declare_prior(OptionList& all, std::string& name) {
  all.text("--prior", name, "metric to stay near to: the Euclidean, the inverse covariance, or a model",
           "identity|covariance|FILE")
      .taking(Takes::input)
      .recorded_as([&name] { return prior_is_model(name) ? "model" : name; });
}

void describe_prior(Hooks& hooks, const std::string& name) {
  hooks.prior = [&name] { return prior_is_model(name) ? name : ""; };
  hooks.wrong_without_files = [&name] {
    return prior_is_model(name) ? "--prior: " + in_quotes(name) + " is none of identity, covariance" : "";
  };
}

void check_prior(const Samples& samples, const std::string& name) {
  if (prior_is_model(name) && !samples.prior) throw InputError("there is no model that the prior is");
}

metric::Metric prior_of(const Samples& samples, const std::string& name, const std::string& method, const Run& run,
                        std::vector<Warning>& warnings) {
  require_memory(10 * square_matrix_bytes(static_cast<double>(samples.X.cols())),
                 method + " over " + std::to_string(samples.X.cols()) + " features");
  if (samples.prior) return *samples.prior;
  if (name == kIdentity) return metric::Metric::euclidean(samples.X.cols());
  const Fit covariance = covariance::fit_covariance(samples.X, {}, {}, {run.threads, {}, {}});
  if (covariance.singularity->singular()) {
    warnings.push_back({Warning::Code::singular_prior, "the prior is its pseudo-inverse, and M in its range"});
  }
  return covariance.linear();
}

}  // namespace maha::learn::logdet
