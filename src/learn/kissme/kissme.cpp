#include "learn/kissme/kissme.hpp"

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "learn/learner.hpp"
#include "learn/projection.hpp"
#include "learn/scatters/scatters.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "prepare/pairs/pair_moments.hpp"

namespace maha::learn::kissme {
namespace {

/// S^-1 - D^-1, or nothing where one of them is singular.
std::optional<SquareMatrix> difference(const SquareMatrix& S, const SquareMatrix& D) {
  const linalg::PsdInverse similar = linalg::invert_psd(S), dissimilar = linalg::invert_psd(D);
  if (similar.rank < S.rows() || dissimilar.rank < D.rows()) return std::nullopt;
  return similar.inverse - dissimilar.inverse;
}

SquareMatrix with_ridge(const SquareMatrix& S, const prepare::PairMoments& moments, double share) {
  return S + share / 2 * (moments.similar + moments.dissimilar);
}

Warning warning_of_ridge() {
  return {
      Warning::Code::ridge_added,
      "the pairs of one kind do not differ in some directions in which others do: a ridge of 1e-3 of the scatter of "
      "all was added"};
}

/// From the scatters S and D of the two kinds of pairs, in a basis of the directions in which pairs differ.
Fit difference_of_inverses(const prepare::PairMoments& moments, Index features, const KissmeOptions& options) {
  Fit fit;
  fit.metric = metric::Metric::from_weights(Vector::Zero(features));

  // 1. S^-1 - D^-1, with a ridge where one is singular.
  double ridge = options.ridge.value_or(0), cut = 0;
  Index rank = 0;
  if (moments.basis.rows() > 0) {
    const auto with = [&](double share) {
      return difference(with_ridge(moments.similar, moments, share), with_ridge(moments.dissimilar, moments, share));
    };
    std::optional<SquareMatrix> N = with(ridge);
    if (!N) {
      if (options.ridge)
        throw InputError("a scatter is singular in spite of its ridge: it wants a larger --ridge, or none");
      ridge = kRidgeOfSingular;
      fit.warnings.push_back(warning_of_ridge());
      N = with(ridge);
      if (!N) throw InputError("a scatter is singular in spite of a ridge: the features are too unlike; --standardize");
    }

    // 2. Its positive part. M of X / unit is unit^2 times that of X.
    const linalg::PositivePart positive = linalg::positive_part(*N);
    rank = positive.roots.size();
    const double kept = positive.roots.squaredNorm(), lost = std::max(0.0, kept - N->trace());
    cut = kept + lost > 0 ? lost / (kept + lost) : 0;
    const Matrix L = positive.roots.asDiagonal() * positive.vectors.transpose() * moments.basis;
    fit.metric = metric::Metric::from_factor(L / moments.unit);
  }
  fit.extras.set("rank", rank).set("cut", cut);
  if (ridge > 0) fit.extras.set("ridge", ridge);
  fit.extras.set("similar", moments.similar_pairs).set("dissimilar", moments.dissimilar_pairs);
  return fit;
}

}  // namespace

void declare(OptionList& all, KissmeOptions& options) {
  all.number("--ridge", options.ridge,
             "add this share of the scatter of all pairs to that of each kind (default: 1e-3 if singular)")
      .above(0);
}

void describe(Hooks& hooks, KissmeOptions&) {
  hooks.examples = {"maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-kissme --standardize --pairs pairs.csv datasets/wine.csv -o kissme.json",
                    "maha-kissme --standardize --pca 8 --pairs pairs.csv < datasets/wine.csv > kissme.json"};
}

Fit fit_kissme(const Samples& samples, const KissmeOptions& options, const Run& run) {
  check_ranges(options);
  return difference_of_inverses(prepare::pair_moments(samples.X, samples.pairs, run.threads), samples.X.cols(),
                                options);
}

Fit fit_scatters(const Scatters& scatters, const KissmeOptions& options, const Run&) {
  check_ranges(options);
  return difference_of_inverses(prepare::pair_moments(pairs_of(scatters)), scatters.dims(), options);
}

}  // namespace maha::learn::kissme
