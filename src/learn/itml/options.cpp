#include "learn/itml/options.hpp"

#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/logdet/prior.hpp"

namespace maha::learn::itml {

void declare(OptionList& all, ItmlOptions& options) {
  all.number("--gamma", options.gamma, "weight of the pairs against the prior").above(0);
  logdet::declare_prior(all, options.prior_name);
  all.number("--similar-within", options.similar_within, "distance that similar pairs shall not exceed", "DISTANCE")
      .above(0)
      .unrecorded();
  all.number("--dissimilar-beyond", options.dissimilar_beyond, "distance that dissimilar pairs shall not fall below",
             "DISTANCE")
      .above(0)
      .unrecorded();
  all.number("--similar-percentile", options.similar_percentile,
             "or the percentile of the squared distances of rows, under the prior", "PERCENT")
      .within(0, 100)
      .recorded_if([&options] { return !options.similar_within; });
  all.number("--dissimilar-percentile", options.dissimilar_percentile, "the same for dissimilar pairs", "PERCENT")
      .within(0, 100)
      .recorded_if([&options] { return !options.dissimilar_beyond; });
  all.number("--tolerance", options.tolerance, "relative gap to the optimum at which to stop").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
  all.number("--seed", options.seed, "of the rows that percentiles are taken of, where there are many").unrecorded();
}

void describe(Hooks& hooks, ItmlOptions& options) {
  hooks.start = "start from this model; changes only the time it takes";
  hooks.want_proof = &options.want_proof;
  logdet::describe_prior(hooks, options.prior_name);
  hooks.examples = {"maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-itml --standardize --pairs pairs.csv datasets/wine.csv -o itml.json",
                    "maha-itml --prior covariance --gamma 10 --pairs pairs.csv < datasets/wine.csv > itml.json"};
}

}  // namespace maha::learn::itml
