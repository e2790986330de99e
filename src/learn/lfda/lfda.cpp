#include "learn/lfda/lfda.hpp"

#include <algorithm>

#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/lfda/scatters.hpp"
#include "learn/projection.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/joint_axes.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::lfda {
namespace {

void check(const Samples& samples, const LfdaOptions& options) {
  check_ranges(options);
  classes_of(samples);
  require_rank(options.rank, samples.X.cols());
}

/// How many of the axes to keep: those in which S_b is more than rounding, and no more than asked for.
Index rank_of(const Vector& between, Index rows, Index asked) {
  const Index rank = (between.array() > linalg::rank_tolerance(rows)).count();
  return asked > 0 ? std::min(rank, asked) : rank;
}

/// L over the features, of eigenvectors v in the rows of V.
Matrix embedded(const Matrix& V, const Vector& lambda, Embedding embedding, double unit) {
  if (embedding == Embedding::weighted) return lambda.cwiseSqrt().asDiagonal() * V / unit;
  if (embedding == Embedding::plain || V.rows() == 0) return V / unit;
  return linalg::orthonormal(SquareMatrix(V.transpose())).transpose();
}

constexpr const char* kRidgeAdded =
    "near rows of a class do not differ in some directions in which others do: a ridge of 1e-3 of both scatters "
    "was added to that within classes";

}  // namespace

void declare(OptionList& all, LfdaOptions& options) {
  all.number("-k,--neighbors", options.k, "a row's scale is its distance to the k-th nearest of its class").at_least(1);
  all.choice(
      "--embedding", options.embedding,
      {{"weighted", Embedding::weighted}, {"plain", Embedding::plain}, {"orthonormalized", Embedding::orthonormalized}},
      "eigenvectors by the roots of their eigenvalues, as they are, or an orthonormal basis of them");
  declare_rank(all, options.rank, "keep at most so many directions (default: all in which classes differ)");
  all.number("--ridge", options.ridge,
             "add this share of both scatters to that within classes (default: 1e-3 if singular)")
      .above(0);
}

void describe(Hooks& hooks, LfdaOptions&) {
  hooks.examples = {
      "maha-lfda --standardize datasets/wine.csv -o lfda.json",
      "maha-lfda --rank 2 --standardize datasets/wine.csv | maha-transform -m - datasets/wine.csv | head -3",
      "maha-lfda -k 5 --embedding plain datasets/iris.csv > lfda.json"};
}

Fit fit_lfda(const Samples& samples, const LfdaOptions& options, const Run& run) {
  check(samples, options);
  // 1. Coordinates z = P x in which the rows have covariance I. Affinities are those of the features.
  const double unit = linalg::unit_of_rows(samples.X);
  const SharedRows X = linalg::rows_in_unit(samples.X, unit);
  const prepare::WhiteRows white = prepare::whiten_rows(X, run.threads);
  LocalScatters S = local_scatters(X, white.Z, samples.y, options.k, run.threads);

  // 2. S_b v = lambda S_w v, with a ridge where S_w is singular.
  const linalg::JointAxes joint = linalg::joint_axes(S.between, S.within);
  const Index rank = rank_of(joint.first, white.Z.rows(), options.rank);
  Fit fit;
  const double ridge = ridge_for(options.ridge, joint.second.head(rank), kRidgeAdded, fit);
  S.within += ridge * (S.within + S.between);
  const Vector within = joint.second.head(rank).array() + ridge;
  const Vector lambda = joint.first.head(rank).cwiseQuotient(within);
  const Matrix V = within.cwiseSqrt().cwiseInverse().asDiagonal() * joint.axes.topRows(rank);

  // 3. L, over the features.
  Matrix L = embedded(V * white.P, lambda, options.embedding, unit);
  linalg::point_upwards(L);
  fit.metric = metric::Metric::from_factor(std::move(L));
  fit.center = samples.X.colwise().mean();
  fit.extras.set("rank", rank);
  if (ridge > 0) fit.extras.set("ridge", ridge);
  fit.extras.set("criterion", lambda.sum())
      .set("residual", linalg::generalized_residual(S.between, S.within, V, lambda));
  return fit;
}

}  // namespace maha::learn::lfda
