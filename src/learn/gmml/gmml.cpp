#include "learn/gmml/gmml.hpp"

#include <cmath>
#include <optional>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/pairs/pair_moments.hpp"

namespace maha::learn::gmml {
namespace {

SquareMatrix with_ridge(SquareMatrix S, double share) {
  S.diagonal().array() += share * S.trace() / static_cast<double>(S.rows());
  return S;
}

void require_finite(const SquareMatrix& A) {
  if (!A.allFinite()) throw InputError("the scatters overflow with their ridge: it wants a smaller --ridge");
}

/// F with F'F = S^-1 #_t D = A^-T (A' D A)^t A^-1, S = A A'.
SquareMatrix mean_factor(const SquareMatrix& S, const SquareMatrix& D, double t) {
  require_finite(S);
  const std::optional<linalg::CholeskyFactor> A = linalg::cholesky(S);
  if (!A)
    throw InputError("the scatter of the similar pairs is singular in spite of its ridge: it wants a larger --ridge");
  const SquareMatrix between = A->L.transpose() * D * A->L;
  require_finite(between);
  const linalg::Eigenpairs pairs = linalg::eigenpairs(between);
  const Vector power = pairs.values.cwiseMax(0).array().pow(t / 2);
  const SquareMatrix inverse = linalg::solve_lower(A->L, SquareMatrix::Identity(S.rows(), S.rows()));
  return power.asDiagonal() * pairs.vectors.transpose() * inverse;
}

/// |M S M - D| / |D|
double residual_of(const SquareMatrix& F, const SquareMatrix& S, const SquareMatrix& D) {
  const SquareMatrix M = F.transpose() * F;
  return (M * S * M - D).norm() / D.norm();
}

/// From the scatters S and D of the two kinds of pairs, in a basis of the directions in which pairs differ.
Fit geometric_mean(const prepare::PairMoments& moments, Index features, const GmmlOptions& options) {
  // 1. Each with its ridge.
  Fit fit;
  fit.metric = metric::Metric::from_weights(Vector::Zero(features));
  fit.extras.set("rank", moments.basis.rows())
      .set("similar", moments.similar_pairs)
      .set("dissimilar", moments.dissimilar_pairs);
  if (moments.basis.rows() == 0) return fit;  // no pair differs
  if (!(moments.similar.trace() > 0)) throw InputError("the rows of each similar pair are equal: their scatter is 0");
  if (!(moments.dissimilar.trace() > 0))
    throw InputError("the rows of each dissimilar pair are equal: their scatter is 0");
  const SquareMatrix S = with_ridge(moments.similar, options.ridge);
  const SquareMatrix D = with_ridge(moments.dissimilar, options.ridge);

  // 2. Their weighted geometric mean. Of X / unit it is unit^(2 - 4t) times that of X.
  const SquareMatrix F = mean_factor(S, D, options.t);
  fit.metric = metric::Metric::from_factor(std::pow(moments.unit, 2 * options.t - 1) * (F * moments.basis));
  if (options.t == 0.5) fit.extras.set("residual", residual_of(F, S, D));
  return fit;
}

}  // namespace

void declare(OptionList& all, GmmlOptions& options) {
  all.number("--t", options.t, "place between the inverse scatter of similar pairs, 0, and that of dissimilar ones, 1",
             "T")
      .within(0, 1);
  all.number("--ridge", options.ridge, "add this share of its mean diagonal to each scatter").above(0);
}

void describe(Hooks& hooks, GmmlOptions&) {
  hooks.examples = {"maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-gmml --standardize --pairs pairs.csv datasets/wine.csv -o gmml.json",
                    "maha-gmml --t 0.2 --standardize --pairs pairs.csv < datasets/wine.csv > gmml.json"};
}

Fit fit_gmml(const Samples& samples, const GmmlOptions& options, const Run& run) {
  check_ranges(options);
  return geometric_mean(prepare::pair_moments(samples.X, samples.pairs, run.threads), samples.X.cols(), options);
}

Fit fit_scatters(const Scatters& scatters, const GmmlOptions& options, const Run&) {
  check_ranges(options);
  return geometric_mean(prepare::pair_moments(pairs_of(scatters)), scatters.dims(), options);
}

}  // namespace maha::learn::gmml
