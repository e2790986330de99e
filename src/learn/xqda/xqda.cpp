#include "learn/xqda/xqda.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/joint_axes.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/pairs/pair_moments.hpp"

namespace maha::learn::xqda {
namespace {

void check(const XqdaOptions& options, Index features) {
  check_ranges(options);
  require_rank(options.rank, features);
}

/// S and D in a basis in which (S + D) / 2 is the identity.
prepare::PairMoments moments_of(const Samples& samples, const Threads& threads) {
  if (!samples.pairs.empty())
    return prepare::pair_moments(samples.X, samples.pairs, threads, prepare::PairBasis::white);
  return prepare::class_moments(samples.X, samples.y, threads, prepare::PairBasis::white);
}

/// The solutions of D w = lambda S w with W'S W = I.
struct Directions {
  Vector lambda;  // the largest first
  Matrix W;       // a solution a row
};

/// With S = A A', the w = A^-T v of the eigenvectors v of A^-1 D A^-T. `least`: the smallest eigenvalue of S.
Directions solve(const SquareMatrix& S, const SquareMatrix& D, double least) {
  const std::optional<linalg::CholeskyFactor> A = linalg::cholesky(S);
  if (!A || least <= kNoShare)
    throw InputError("the scatter of the similar pairs is singular in spite of its ridge: it wants a larger --ridge");
  const SquareMatrix inverse = linalg::solve_lower(A->L, SquareMatrix::Identity(S.rows(), S.rows()));
  const linalg::Eigenpairs pairs = linalg::eigenpairs(inverse * D * inverse.transpose());
  return {pairs.values.reverse(), pairs.vectors.rowwise().reverse().transpose() * inverse};
}

/// Those of them in which dissimilar pairs differ by more than similar ones, at most `rank` if that is not 0.
Directions apart(const Directions& all, Index rank) {
  const double least = 1 + linalg::rank_tolerance(all.lambda.size());
  Index count = (all.lambda.array() > least).count();
  if (rank > 0) count = std::min(count, rank);
  return {all.lambda.head(count), all.W.topRows(count)};
}

Warning warning_of_ridge() {
  return {
      Warning::Code::ridge_added,
      "similar pairs do not differ in some directions in which dissimilar ones do: only the ridge bounds the weight "
      "of these"};
}

Warning warning_of_none() {
  return {Warning::Code::directions_left_out, "dissimilar pairs differ by more than similar ones in no direction"};
}

/// From the scatters S and D of the two kinds of pairs, in a basis in which (S + D) / 2 = I.
Fit differences_apart(const prepare::PairMoments& moments, Index features, const XqdaOptions& options) {
  Fit fit;
  fit.metric = metric::Metric::from_weights(Vector::Zero(features));
  double residual = 0;
  if (moments.basis.rows() > 0) {
    const double least = linalg::eigenvalues(moments.similar)(0);
    if (least <= kNoShare) fit.warnings.push_back(warning_of_ridge());

    // 1. D w = lambda S_r w, W'S_r W = I: the w with lambda > 1.
    const SquareMatrix& D = moments.dissimilar;
    const SquareMatrix S = moments.similar + options.ridge / 2 * (moments.similar + D);
    const Directions found = apart(solve(S, D, least + options.ridge), options.rank);
    residual = linalg::generalized_residual(D, S, found.W, found.lambda);

    // 2. M = W (I - Lambda^-1) W'. M of X / unit is unit^2 times that of X.
    const Vector weight = (1 - found.lambda.array().inverse()).sqrt();
    Matrix L = weight.asDiagonal() * found.W * moments.basis;
    linalg::point_upwards(L);
    fit.metric = metric::Metric::from_factor(L / moments.unit);
  }
  const Index rank = fit.linear().rank();
  if (rank == 0) fit.warnings.push_back(warning_of_none());
  fit.extras.set("rank", rank).set("similar", moments.similar_pairs).set("dissimilar", moments.dissimilar_pairs);
  fit.extras.set("residual", residual);
  return fit;
}

}  // namespace

void declare(OptionList& all, XqdaOptions& options) {
  declare_rank(all, options.rank,
               "keep at most so many directions (default: all in which dissimilar pairs differ more)");
  all.number("--ridge", options.ridge, "add this share of the scatter of all pairs to that of the similar ones")
      .above(0);
}

void describe(Hooks& hooks, XqdaOptions&) {
  hooks.pairs_by_label = "all pairs, by label";
  hooks.examples = {"maha-xqda datasets/wine.csv -o xqda.json", "maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-xqda --rank 2 --pairs pairs.csv < datasets/wine.csv > xqda.json"};
}

Fit fit_xqda(const Samples& samples, const XqdaOptions& options, const Run& run) {
  check(options, samples.X.cols());
  return differences_apart(moments_of(samples, run.threads), samples.X.cols(), options);
}

Fit fit_scatters(const Scatters& scatters, const XqdaOptions& options, const Run&) {
  check(options, scatters.dims());
  if (!scatters.pairs) classes_of(scatters, "the difference of all pairs");
  const prepare::PairScatters& pairs = scatters.pairs ? *scatters.pairs : *scatters.class_pairs;
  return differences_apart(prepare::pair_moments(pairs, prepare::PairBasis::white), scatters.dims(), options);
}

}  // namespace maha::learn::xqda
