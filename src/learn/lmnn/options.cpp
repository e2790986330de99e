#include "learn/lmnn/options.hpp"

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"

namespace maha::learn::lmnn {

void declare(OptionList& all, LmnnOptions& options) {
  all.number("-k,--neighbors", options.k, "target neighbours of each row, in its class (default: 3)", "K")
      .at_least(1)
      .without_default();
  all.number("--push-weight", options.push_weight, "weight of pushing other classes away, in (0, 1)").between(0, 1);
  all.number("--tolerance", options.tolerance, "stop at this certified gap, relative to the objective").above(0);
  all.number("--max-iterations", options.max_iterations, "stop then, with the best model so far")
      .at_least(0)
      .unrecorded();
  all.number("--rank", options.rank,
             "learn a factor L with at most R rows: a local minimum, converged only if proven the best of any rank",
             "R")
      .at_least(1)
      .or_zero()
      .recorded_if_changed();
  all.flag("--diagonal", options.diagonal, "learn a weight for each feature only");
  all.number("--ridge", options.ridge, "of the mean diagonal, added where the targets' scatter is singular").above(0);
  all.choice("--small-classes", options.drop_small_classes, {{"error", false}, {"drop", true}},
             "what to do about classes with no more rows than neighbours (default: error)")
      .without_default()
      .recorded_if_changed();
}

std::optional<LmnnOptions> lmnn_options(const Report& parameters) {
  LmnnOptions options;
  OptionList all;
  declare(all, options);
  all.read_back(parameters);
  return all.given("neighbors") && all.given("push-weight") ? std::optional(options) : std::nullopt;
}

void check(const LmnnOptions& options) {
  check_ranges(options);
  if (options.rank > 0 && options.diagonal) throw UsageError("--rank: goes without --diagonal");
}

void describe(Hooks& hooks, LmnnOptions& options) {
  hooks.over_ranks = true;
  hooks.start = "start from this model; changes only the time it takes";
  hooks.targets = "choose target neighbours under this model's distance";
  hooks.want_dual = hooks.want_proof = &options.want_dual;
  hooks.without_classes = {{"neighbors", "target neighbours"}, {"small-classes", "classes"}};
  hooks.examples = {"maha-lmnn -k 3 --standardize datasets/wine.csv -o lmnn.json",
                    "maha-lmnn --pca 30 --trace trace.csv --dual dual.csv datasets/digits.csv -o digits.json",
                    "awk 'BEGIN { for (r = 1; r < 59; ++r) print r \",\" r + 1 \",\" r + 60 }' > triplets.csv",
                    "maha-lmnn --triplets triplets.csv --standardize datasets/wine.csv -o near.json",
                    "maha-lmnn --standardize datasets/iris.csv | maha-transform -m - datasets/iris.csv | head -3"};
}

}  // namespace maha::learn::lmnn
