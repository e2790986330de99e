#include "learn/dmlmj/dmlmj.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "linalg/spectral/joint_axes.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/pairs/neighbor_pairs.hpp"
#include "prepare/pairs/pair_moments.hpp"

namespace maha::learn::dmlmj {
namespace {

void check(const Samples& samples, const DmlmjOptions& options) {
  check_ranges(options);
  require_pairs_of_class(samples);
  require_rank(options.rank, samples.X.cols());
}

/// The places of the largest lambda + 1/lambda, the largest first, at most `rank` of them unless that is 0.
std::vector<Index> most_unlike(const Vector& lambda, Index rank) {
  std::vector<Index> places(static_cast<std::size_t>(lambda.size()));
  std::iota(places.begin(), places.end(), Index{0});
  std::stable_sort(places.begin(), places.end(),
                   [&](Index a, Index b) { return lambda[a] + 1 / lambda[a] > lambda[b] + 1 / lambda[b]; });
  if (rank > 0 && rank < lambda.size()) places.resize(static_cast<std::size_t>(rank));
  return places;
}

constexpr const char* kRidgeAdded =
    "near rows of one kind, of the own class or of others, do not differ in some directions in which those of the "
    "other do: a ridge of 1e-3 of both scatters was added";

}  // namespace

void declare(OptionList& all, DmlmjOptions& options) {
  all.number("-k,--neighbors", options.k, "compare each row with so many nearest rows of its class, and of others")
      .at_least(1);
  declare_rank(all, options.rank, "keep at most so many directions (default: all in which neighbours differ)");
  all.number("--ridge", options.ridge,
             "add this share of the mean of both scatters to each (default: 1e-3 if one is singular)")
      .above(0);
}

void describe(Hooks& hooks, DmlmjOptions&) {
  hooks.examples = {
      "maha-dmlmj --standardize datasets/wine.csv -o dmlmj.json",
      "maha-dmlmj --rank 5 --standardize datasets/wine.csv | maha-model show -",
      "maha-dmlmj -k 5 --rank 20 datasets/digits.csv | maha-transform -m - datasets/digits.csv | head -3"};
}

Fit fit_dmlmj(const Samples& samples, const DmlmjOptions& options, const Run& run) {
  check(samples, options);
  // 1. The scatters of differences, in an orthonormal basis of the directions that these span.
  const Pairs pairs = prepare::neighbor_pairs(samples.X, samples.y, options.k, options.k, run.threads);
  const prepare::PairMoments moments = prepare::pair_moments(samples.X, pairs, run.threads);

  // 2. Sigma_D v = lambda Sigma_S v, with a ridge on both where one is singular.
  const linalg::JointAxes joint = linalg::joint_axes(moments.dissimilar, moments.similar);
  Fit fit;
  const double ridge = ridge_for(options.ridge, joint.first.cwiseMin(joint.second), kRidgeAdded, fit);
  const SquareMatrix added = ridge / 2 * (moments.similar + moments.dissimilar);
  const Vector similar = joint.second.array() + ridge / 2, dissimilar = joint.first.array() + ridge / 2;

  // 3. Those in which the two differ most, V'Sigma_S V = I.
  const Vector all = dissimilar.cwiseQuotient(similar);
  const std::vector<Index> kept = most_unlike(all, options.rank);
  const Vector lambda = all(kept);
  const Matrix V = similar(kept).cwiseSqrt().cwiseInverse().asDiagonal() * joint.axes(kept, Eigen::all);
  Matrix L = V * moments.basis / moments.unit;
  linalg::point_upwards(L);

  fit.metric = metric::Metric::from_factor(std::move(L));
  fit.center = samples.X.colwise().mean();
  fit.extras.set("rank", std::ssize(kept));
  if (ridge > 0) fit.extras.set("ridge", ridge);
  fit.extras.set("similar", moments.similar_pairs)
      .set("dissimilar", moments.dissimilar_pairs)
      .set("divergence", (lambda.array() + lambda.array().inverse() - 2).sum() / 2)
      .set("residual", linalg::generalized_residual(moments.dissimilar + added, moments.similar + added, V, lambda));
  return fit;
}

}  // namespace maha::learn::dmlmj
