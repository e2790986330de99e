#include "learn/ncmml/ncmml.hpp"

#include "core/options/option_list.hpp"
#include "learn/convex/fit.hpp"
#include "learn/learner.hpp"
#include "learn/ncmml/loss.hpp"

namespace maha::learn::ncmml {

void describe(Hooks& hooks, NcmmlOptions&) {
  hooks.start = convex::kStartHelp;
  hooks.examples = {"maha-ncmml datasets/wine.csv -o ncmml.json",
                    "maha-ncmml --ridge 0.01 datasets/digits.csv -o ncmml.json",
                    "maha-ncmml datasets/iris.csv | maha-knn --leave-one-out -m - --train datasets/iris.csv"};
}

Fit fit_ncmml(const Samples& samples, const NcmmlOptions& options, const Run& run) {
  check_ranges(options);
  classes_of(samples);
  const auto loss_of = [&](const Matrix& Z) { return make_loss(Z, samples.y); };
  return convex::fit(samples.X, start_metric(samples), loss_of, options, run);
}

}  // namespace maha::learn::ncmml
