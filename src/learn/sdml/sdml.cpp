#include "learn/sdml/sdml.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "core/text/rounded.hpp"
#include "learn/learner.hpp"
#include "learn/sdml/solver.hpp"
#include "learn/small_model.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::sdml {
namespace {

constexpr double kHalf = 0.5;    // of the largest balance at which S is positive semidefinite: far from the edge
constexpr double kLeast = 1e-3;  // of the largest eigenvalue, where the least is not as negative: keeps S in bounds
constexpr double kRidge = 0.1;   // of a singular covariance: with 1e-3 of few rows a fit takes hundreds of iterations

/// The sum of C_ij over similar pairs less that over dissimilar ones, over X / unit.
struct Difference {
  SquareMatrix K;
  double unit = 1;
};

Difference difference_of(const Samples& samples, const Threads& threads) {
  const auto [rows, unit] = prepare::rows_to_learn_from(samples.X, samples.pairs);
  Vector signs(std::ssize(rows.pairs));
  for (Index p = 0; p < signs.size(); ++p) signs[p] = rows.pairs[static_cast<std::size_t>(p)].similar ? 1 : -1;
  return {prepare::pair_scatter(rows.X, rows.pairs, signs, threads), unit};
}

/// M0^-1 over X / unit.
struct InversePrior {
  SquareMatrix matrix;
  double unit = 1;
};

InversePrior inverse_prior(const Samples& samples, const SdmlOptions& options, const Threads& threads, Fit& fit) {
  const Index d = samples.X.cols();
  InversePrior prior{SquareMatrix::Identity(d, d)};
  if (options.prior == Prior::identity) return prior;
  prior.unit = linalg::unit_of_rows(samples.X);
  const linalg::Moments moments = linalg::moments_of(samples.X / prior.unit, linalg::MomentOrder::scatter, threads);
  prior.matrix = moments.scatter / static_cast<double>(samples.X.rows());
  if (linalg::scaled_axes(prior.matrix).axes.varying == d) return prior;
  const double trace = prior.matrix.trace();
  prior.matrix.diagonal().array() += trace > 0 ? kRidge * trace / static_cast<double>(d) : 1;
  fit.warnings.push_back({Warning::Code::ridge_added,
                          "the covariance is singular: a ridge of a tenth of its mean diagonal was added to it"});
  return prior;
}

/// The least and the largest eigenvalue of M0^(1/2) K M0^(1/2).
struct Range {
  double least, largest;

  /// The largest balance at which S is positive semidefinite; none if it always is.
  double most() const { return least < 0 ? -1 / least : std::numeric_limits<double>::infinity(); }
  double usual() const {
    const double size = std::max(-least, kLeast * largest);
    return size > 0 ? kHalf / size : kHalf;
  }
};

Range range_of(const SquareMatrix& K, const SquareMatrix& prior) {
  const auto root = linalg::cholesky(prior);
  if (!root) throw InputError("the covariance is singular in spite of its ridge; --standardize may help");
  const SquareMatrix half = linalg::solve_lower(root->L, K);
  const Vector values = linalg::eigenvalues(linalg::solve_lower(root->L, half.transpose()));
  return {values.minCoeff(), values.maxCoeff()};
}

Index nonzero_pairs(const SquareMatrix& M) {
  return ((M.array() != 0).count() - (M.diagonal().array() != 0).count()) / 2;
}

}  // namespace

void declare(OptionList& all, SdmlOptions& options) {
  all.number("--balance", options.balance,
             "weight of the pairs against the prior (default: half of what keeps the problem bounded)")
      .above(0)
      .unrecorded();
  all.number("--sparsity", options.sparsity, "weight of the sum of |M_ij| of different features").at_least(0);
  all.choice("--prior", options.prior, {{"identity", Prior::identity}, {"covariance", Prior::covariance}},
             "metric to stay near to: the Euclidean, or the inverse covariance of the rows");
  all.number("--tolerance", options.tolerance, "gap to the optimum, for each feature, at which to stop").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
}

void describe(Hooks& hooks, SdmlOptions&) {
  hooks.examples = {"maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-sdml --standardize --pairs pairs.csv datasets/wine.csv -o sdml.json",
                    "maha-sdml --prior covariance --sparsity 0.1 --standardize --pairs pairs.csv < datasets/wine.csv"};
}

Fit fit_sdml(const Samples& samples, const SdmlOptions& options, const Run& run) {
  prepare::check_both_kinds(samples.pairs, samples.X.rows());
  check_ranges(options);
  const Index d = samples.X.cols();
  require_memory(10 * square_matrix_bytes(static_cast<double>(d)), "SDML over " + std::to_string(d) + " features");
  require_small_model(d, d, "M", "; --pca R makes it small");

  // 1. S = M0^-1 + eta K. M0^-1 is over X / prior.unit, and so is M; K is over X / difference.unit.
  Fit fit;
  const Difference difference = difference_of(samples, run.threads);
  const InversePrior prior = inverse_prior(samples, options, run.threads, fit);
  if (!difference.K.allFinite() || !prior.matrix.allFinite())
    throw InputError("the values are too large: their squares overflow");
  const Range range = range_of(difference.K, prior.matrix);
  const double units = difference.unit / prior.unit;
  const double eta = options.balance ? *options.balance * units * units : range.usual();
  const SquareMatrix S = prior.matrix + eta * difference.K;
  if (!S.allFinite()) throw InputError("--balance is too large for these values");

  // 2. The graphical lasso of S.
  const double lambda = options.sparsity / prior.unit / prior.unit, balance = eta / units / units;
  if (!std::isfinite(lambda) || !std::isfinite(balance))
    throw InputError("the values differ by too little: their squares underflow");
  const SdmlSolution solution = solve_sdml(S, lambda, options.tolerance, options.max_iterations, run);
  if (solution.unbounded) {
    throw InputError(
        "the dissimilar pairs outweigh the similar ones and the prior, so that the objective has no lower "
        "bound: it has one at any --balance up to " +
        rounded(range.most() / units / units) + ", and half of that is the default");
  }

  // 3. M over X, and what it comes to there.
  const double shift = 2 * static_cast<double>(d) * std::log(prior.unit);
  fit.metric = metric::Metric::from_matrix(solution.M / prior.unit / prior.unit);
  fit.objective = solution.objective + shift;
  if (std::isfinite(solution.bound)) {
    fit.bound = std::min(solution.bound, solution.objective) + shift;
    fit.gap = solution.gap();
  }
  fit.iterations = solution.iterations;
  fit.converged = solution.converged;
  const Index similar = std::ssize(prepare::pairs_with(samples.pairs, true));
  fit.extras.set("balance", balance)
      .set("nonzero", nonzero_pairs(solution.M))
      .set("similar", similar)
      .set("dissimilar", std::ssize(samples.pairs) - similar);
  return fit;
}

}  // namespace maha::learn::sdml
