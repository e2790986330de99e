#include "learn/mcml/mcml.hpp"

#include "core/options/option_list.hpp"
#include "learn/convex/class_tiles.hpp"
#include "learn/convex/fit.hpp"
#include "learn/learner.hpp"
#include "learn/mcml/loss.hpp"

namespace maha::learn::mcml {

void describe(Hooks& hooks, McmlOptions&) {
  hooks.start = convex::kStartHelp;
  hooks.examples = {"maha-mcml datasets/wine.csv -o mcml.json", "maha-mcml --ridge 0.01 datasets/wdbc.csv -o mcml.json",
                    "maha-mcml datasets/iris.csv | maha-knn --leave-one-out -m - --train datasets/iris.csv"};
}

Fit fit_mcml(const Samples& samples, const McmlOptions& options, const Run& run) {
  check_ranges(options);
  require_pairs_of_class(samples);
  const convex::RowsByClass rows = convex::by_class(samples);
  const auto loss_of = [&](const Matrix& Z) { return make_loss(Z, rows.y); };
  return convex::fit(rows.X, start_metric(samples), loss_of, options, run);
}

}  // namespace maha::learn::mcml
