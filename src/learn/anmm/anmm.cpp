#include "learn/anmm/anmm.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/pairs/neighbor_pairs.hpp"
#include "prepare/pairs/pair_moments.hpp"

namespace maha::learn::anmm {
namespace {

void check(const Samples& samples, const AnmmOptions& options) {
  check_ranges(options);
  require_pairs_of_class(samples);
  require_rank(options.rank, samples.X.cols());
}

/// For each pair of a row with a neighbour, 1/n over the number of its pairs of that kind.
Vector shares(const Pairs& pairs, Index n) {
  std::vector<double> friends(static_cast<std::size_t>(n)), enemies(friends);
  const auto count = [&](const Pair& pair) -> double& {
    return (pair.similar ? friends : enemies)[static_cast<std::size_t>(pair.i)];
  };
  for (const Pair& pair : pairs) ++count(pair);
  Vector weights(std::ssize(pairs));
  for (Index p = 0; p < weights.size(); ++p)
    weights[p] = 1 / (static_cast<double>(n) * count(pairs[static_cast<std::size_t>(p)]));
  return weights;
}

/// How many eigenvalues are positive, beyond rounding.
Index positive(const Vector& margins) {
  return (margins.array() > linalg::rank_tolerance(margins.size()) * margins.cwiseAbs().maxCoeff()).count();
}

Warning warning_of_no_margin() {
  return {
      Warning::Code::directions_left_out,
      "in no direction are enemies farther than friends: all are left out but the one in which they come closest to "
      "it; --rank R keeps R"};
}

}  // namespace

void declare(OptionList& all, AnmmOptions& options) {
  all.number("--friends", options.friends, "compare each row with so many nearest rows of its class").at_least(1);
  all.number("--enemies", options.enemies, "and with so many nearest rows of other classes").at_least(1);
  declare_rank(all, options.rank, "keep so many directions (default: those in which enemies are farther)");
}

void describe(Hooks& hooks, AnmmOptions&) {
  hooks.examples = {"maha-anmm --rank 2 --standardize datasets/wine.csv -o anmm.json",
                    "maha-anmm --rank 10 datasets/digits.csv | maha-transform -m - datasets/digits.csv | head -3"};
}

Fit fit_anmm(const Samples& samples, const AnmmOptions& options, const Run& run) {
  check(samples, options);
  // 1. C and S, in an orthonormal basis of the directions in which rows differ from friends or enemies.
  const Pairs pairs = prepare::neighbor_pairs(samples.X, samples.y, options.friends, options.enemies, run.threads);
  const prepare::PairMoments moments = prepare::pair_moments(
      samples.X, pairs, run.threads, prepare::PairBasis::orthonormal, shares(pairs, samples.X.rows()));
  Fit fit;
  fit.center = samples.X.colwise().mean();
  fit.metric = metric::Metric::from_weights(Vector::Zero(samples.X.cols()));
  fit.extras.set("rank", Index{0}).set("positive", Index{0});
  if (moments.basis.rows() == 0) return fit;  // none differs

  // 2. The eigenvectors of S - C, the largest margin first.
  const SquareMatrix margin = moments.dissimilar - moments.similar;
  const linalg::PrincipalAxes all = linalg::principal_axes(margin);
  const Index wide = positive(all.variances);
  if (wide == 0 && options.rank == 0) fit.warnings.push_back(warning_of_no_margin());
  const Index rank = options.rank > 0 ? std::min(options.rank, margin.rows()) : std::max(wide, Index{1});

  // 3. L = V'.
  Matrix L = all.axes.topRows(rank) * moments.basis;
  linalg::point_upwards(L);
  fit.metric = metric::Metric::from_factor(std::move(L));
  fit.extras.set("rank", rank).set("positive", wide);
  const double kept = all.variances.head(rank).sum() * moments.unit * moments.unit;
  if (std::isfinite(kept)) fit.extras.set("margin", kept);
  fit.extras.set("residual", linalg::axes_residual(all.axes * margin, all));
  return fit;
}

}  // namespace maha::learn::anmm
