#include "learn/scml/options.hpp"

#include "core/options/option_list.hpp"
#include "learn/learner.hpp"

namespace maha::learn::scml {

void declare(OptionList& all, ScmlOptions& options) {
  all.number("-k,--neighbors", options.neighbors, "near rows of each row, of its class", "K").at_least(1);
  all.number("--impostors", options.impostors, "far rows of each row, the nearest of other classes", "K").at_least(1);
  all.number("--bases", options.bases, "directions to choose from (default: 20 a feature, at most 200)")
      .at_least(1)
      .or_zero()
      .without_default()
      .recorded_if_changed();
  all.number("--beta", options.beta, "weight of the sum of the directions' weights against the mean hinge").above(0);
  all.number("--tolerance", options.tolerance, "stop at this certified gap, relative to the objective").above(0);
  all.number("--max-iterations", options.max_iterations, "stop then, with the best model so far")
      .at_least(1)
      .unrecorded();
  all.number("--seed", options.seed, "of the regions, or triplets, that directions are made of").unrecorded();
}

void describe(Hooks& hooks, ScmlOptions&) {
  hooks.without_classes = {{"neighbors", "near rows"}, {"impostors", "far rows"}};
  hooks.examples = {"maha-scml --standardize datasets/wine.csv -o scml.json",
                    "maha-scml -k 1 --impostors 3 --bases 40 --standardize datasets/iris.csv | maha-model show -",
                    "awk 'BEGIN { for (r = 1; r < 59; ++r) print r \",\" r + 1 \",\" r + 60 }' > triplets.csv",
                    "maha-scml --triplets triplets.csv --standardize datasets/wine.csv -o near.json"};
}

}  // namespace maha::learn::scml
