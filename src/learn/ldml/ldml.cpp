#include "learn/ldml/ldml.hpp"

#include "core/options/option_list.hpp"
#include "learn/convex/class_tiles.hpp"
#include "learn/convex/fit.hpp"
#include "learn/ldml/loss.hpp"
#include "learn/learner.hpp"
#include "prepare/draw/draw_pairs.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::ldml {
namespace {

Fit fit_pairs(const Samples& samples, const LdmlOptions& options, const Run& run) {
  prepare::check_both_kinds(samples.pairs, samples.X.rows());
  const prepare::PairRows rows = prepare::rows_in_pairs(samples.X, samples.pairs);
  const auto loss_of = [&](const Matrix& Z) { return make_loss(Z, rows.pairs); };
  Fit fit = convex::fit(rows.X, start_metric(samples), loss_of, options, run);
  const auto similar = prepare::pairs_with(rows.pairs, true).size();
  fit.extras.set("similar", similar).set("dissimilar", rows.pairs.size() - similar);
  return fit;
}

Fit fit_labels(const Samples& samples, const LdmlOptions& options, const Run& run) {
  require_pairs_of_class(samples);
  const convex::RowsByClass rows = convex::by_class(samples);
  const auto loss_of = [&](const Matrix& Z) { return make_loss(Z, rows.y); };
  Fit fit = convex::fit(rows.X, start_metric(samples), loss_of, options, run);
  const prepare::PairCounts counts = prepare::count_pairs(samples.y);
  fit.extras.set("similar", counts.similar).set("dissimilar", counts.dissimilar);
  return fit;
}

}  // namespace

void describe(Hooks& hooks, LdmlOptions&) {
  hooks.start = convex::kStartHelp;
  hooks.pairs_by_label = "all pairs, by label";
  hooks.examples = {"maha-ldml datasets/wine.csv -o ldml.json", "maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-ldml --pairs pairs.csv < datasets/wine.csv > ldml.json"};
}

Fit fit_ldml(const Samples& samples, const LdmlOptions& options, const Run& run) {
  check_ranges(options);
  return samples.pairs.empty() ? fit_labels(samples, options, run) : fit_pairs(samples, options, run);
}

}  // namespace maha::learn::ldml
