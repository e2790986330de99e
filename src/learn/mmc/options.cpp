#include "learn/mmc/options.hpp"

#include "core/options/option_list.hpp"
#include "learn/learner.hpp"

namespace maha::learn::mmc {

void declare(OptionList& all, MmcOptions& options) {
  all.flag("--diagonal", options.diagonal, "weights of features alone");
  all.number("--ridge", options.ridge,
             "add this share of the similar pairs' mean scatter to it (default: 1e-6 if singular)")
      .above(0)
      .recorded_after("tolerance");
  all.number("--spread", options.spread,
             "weight of a term that spreads the metric over all directions; 0 is the problem as printed")
      .at_least(0);
  all.number("--tolerance", options.tolerance, "relative gap to the optimum at which to stop").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
}

void describe(Hooks& hooks, MmcOptions& options) {
  hooks.want_proof = &options.want_proof;
  hooks.over_ranks = true;
  hooks.start = "start from this model; changes only the time it takes";
  hooks.examples = {"maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-mmc --pairs pairs.csv datasets/wine.csv -o mmc.json",
                    "maha-mmc --diagonal --standardize --pairs pairs.csv < datasets/wine.csv > weights.json"};
}

}  // namespace maha::learn::mmc
