#include "learn/mcml/mcml.hpp"

#include <vector>

#include "core/options/option_list.hpp"
#include "core/rows_by_class.hpp"
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
  // The rows of a class side by side, so that a tile of distances has one block of its own class.
  std::vector<Index> order;
  Labels y;
  for (const std::vector<Index>& rows : rows_by_class(samples.y)) {
    for (const Index i : rows) {
      order.push_back(i);
      y.push_back(samples.y[static_cast<std::size_t>(i)]);
    }
  }
  const Matrix X = samples.X(order, Eigen::all);
  return convex::fit(
      X, start_metric(samples), [&](const Matrix& Z) { return make_loss(Z, y); }, options, run);
}

}  // namespace maha::learn::mcml
