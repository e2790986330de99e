#include "learn/itml/itml.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "core/random.hpp"
#include "learn/covariance/covariance.hpp"
#include "learn/itml/solver.hpp"
#include "learn/small_model.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/units.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::itml {
namespace {

constexpr Index kSample = 100000;  // pairs of rows for percentiles: so many give a percentile to about 0.2 of a percent

void check(const Samples& samples, const ItmlOptions& options) {
  prepare::check_pairs(samples.pairs, samples.X.rows());
  if (samples.pairs.empty()) throw InputError("there is no pair");
  check_ranges(options);
  if (options.prior_is_model() && !samples.prior) throw InputError("there is no model that the prior is");
}

/// The prior; adds a warning if it is the pseudo-inverse of a singular covariance.
metric::Metric prior_of(const Samples& samples, const ItmlOptions& options, const Run& run,
                        std::vector<Warning>& warnings) {
  if (samples.prior) return *samples.prior;
  if (options.prior_name == "identity") return metric::Metric::euclidean(samples.X.cols());
  const Fit covariance = covariance::fit_covariance(samples.X, {}, {}, {run.threads, {}, {}});
  if (covariance.singularity->singular()) {
    warnings.push_back({Warning::Code::singular_prior, "the prior is its pseudo-inverse, and M in its range"});
  }
  return covariance.linear();
}

// Every pair of rows, or a random sample that is large enough for percentiles.
Pairs pairs_of_rows(Index n, std::uint64_t seed) {
  Pairs pairs;
  if (n * (n - 1) / 2 <= kSample) {
    for (Index i = 0; i < n; ++i) {
      for (Index j = i + 1; j < n; ++j) pairs.push_back({i, j});
    }
  } else {
    Random random(seed);
    while (static_cast<Index>(pairs.size()) < kSample) {
      const Index i = random.below(n);
      pairs.push_back({i, (i + 1 + random.below(n - 1)) % n});
    }
  }
  return pairs;
}

// With linear interpolation between neighbouring values, the usual definition. `values` must be sorted.
double percentile(const std::vector<double>& values, double percent) {
  const double place = percent / 100 * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

struct SquaredBounds {
  double u2, l2;
};

/// The squared lengths of pairs under the prior, in `unit`.
Vector squared_under(const metric::Metric& prior, const prepare::PairRows& rows, double unit, const Threads& threads) {
  return prepare::squared_lengths(prior.transform(rows.X, threads) / unit, rows.pairs, threads);
}

/// The bounds u^2 and l^2 for rows X under the prior, in `unit`.
SquaredBounds squared_bounds(const MatrixRef& X, const metric::Metric& prior, double unit, const ItmlOptions& options,
                             const Threads& threads) {
  std::vector<double> positive;  // equal rows say nothing about the scale
  if (!options.similar_within || !options.dissimilar_beyond) {
    const prepare::PairRows sample = prepare::about_their_middle({X, pairs_of_rows(X.rows(), options.seed)});
    const Vector squared = squared_under(prior, sample, unit, threads);
    std::copy_if(squared.begin(), squared.end(), std::back_inserter(positive), [](double s) { return s > 0; });
    std::sort(positive.begin(), positive.end());
    if (positive.empty()) positive.push_back(1);
  }
  const auto bound = [&](std::optional<double> distance, double percent) {
    const double squared = distance ? *distance / unit * (*distance / unit) : percentile(positive, percent);
    if (squared > 0 && std::isfinite(squared)) return squared;
    throw InputError("a distance that pairs shall have is too unlike those of the data for squares of both");
  };
  return {bound(options.similar_within, options.similar_percentile),
          bound(options.dissimilar_beyond, options.dissimilar_percentile)};
}

// How far rounding may have moved Z = C A', C being rows about their middle: their own rounding and that of the
// products. Empty if the prior is weights, which multiply without cancellation.
Matrix rounding_of(const metric::Metric& prior, const Matrix& C, const Threads& threads) {
  if (prior.form() == metric::Metric::Form::weights) return {};
  const Matrix size = prior.factor().cwiseAbs().transpose();
  const double unit = linalg::product_rounding(C.cols());
  Matrix off(C.rows(), size.cols());
  threads.for_ranges(C.rows(), 1024, [&](Index begin, Index end) {
    off.middleRows(begin, end - begin).noalias() = unit * C.middleRows(begin, end - begin).cwiseAbs() * size;
  });
  return off;
}

// Where the pairs are of fewer rows than these have coordinates: across their span, N = I.
struct Span {
  SquareMatrix Q;  // r x p, orthonormal columns that span the rows
  Matrix Z, off;   // p x p: the rows in these coordinates, and how far off they may be
};

// Z and off: p x r with p < r. The product with Q may round once more.
Span span_of(const Matrix& Z, const Matrix& off) {
  Span span{linalg::orthonormal(SquareMatrix(Z.transpose())), {}, {}};
  span.Z = Z * span.Q;
  Matrix size = linalg::product_rounding(Z.cols()) * Z.cwiseAbs();
  if (off.size() > 0) size += off;
  span.off = size * span.Q.cwiseAbs();
  return span;
}

// K A, where K K' = I + Q (L L' - I) Q' is N: K = I + Q (L - I) Q'.
Matrix beyond_span(SquareMatrix L, const SquareMatrix& Q, const Matrix& A) {
  L.diagonal().array() -= 1;
  return A + Q * (L.transpose() * (Q.transpose() * A));
}

// N with M = A'NA, A the prior's factor, within the range of A.
SquareMatrix over_prior(const metric::Metric& M, const Matrix& A) {
  const SquareMatrix half = linalg::least_squares(A.transpose(), M.factor().transpose());
  return half * half.transpose();
}

}  // namespace

Fit fit_itml(const Samples& samples, const ItmlOptions& options, const Run& run) {
  const Matrix& X = samples.X;
  const Pairs& pairs = samples.pairs;
  check(samples, options);
  const metric::Metric* init = start_metric(samples);
  require_memory(10 * square_matrix_bytes(static_cast<double>(X.cols())),
                 "ITML over " + std::to_string(X.cols()) + " features");

  // 1. Rows z = A x, with the prior M0 = A'A: there the prior is the identity, and M = A'NA.
  Fit fit;
  const metric::Metric prior = prior_of(samples, options, run, fit.warnings);
  require_small_model(prior.rank(), X.cols(), "M",
                      "; --pca R makes it small, and with fewer rows than features so does --prior covariance");
  const prepare::PairRows rows = prepare::about_their_middle(prepare::rows_in_pairs(X, pairs));
  Matrix Z = prior.transform(rows.X, run.threads);
  const Matrix A = prior.factor();
  const double unit = linalg::unit_of_rows(Z);  // of the distances and their bounds alike, so that M does not change
  Z /= unit;

  // 2. The bounds: xi0 = u^2 for similar pairs and l^2 for dissimilar ones, for pairs that a metric can tell apart.
  const auto [u2, l2] = squared_bounds(X, prior, unit, options, run.threads);

  Pairs apart;  // the pairs that some metric can tell apart
  const Vector squared = prepare::squared_lengths(Z, rows.pairs, run.threads);
  for (Index p = 0; p < squared.size(); ++p) {
    if (squared[p] > 0) apart.push_back(rows.pairs[static_cast<std::size_t>(p)]);
  }
  const std::size_t equal = prepare::pairs_with(pairs, false).size() - prepare::pairs_with(apart, false).size();
  if (equal > 0) {
    fit.warnings.push_back({Warning::Code::equal_pairs, std::to_string(equal) +
                                                            " dissimilar pairs do not differ: no metric can tell them "
                                                            "apart"});
  }
  Vector xi(static_cast<Index>(apart.size()));
  std::transform(apart.begin(), apart.end(), xi.begin(),
                 [u2 = u2, l2 = l2](const Pair& pair) { return pair.similar ? u2 : l2; });

  // 3. N by Newton's method, in the span of the rows if they are few, and M = A'NA = (L'A)'(L'A).
  ItmlSolution solution;
  if (A.rows() > 0) {
    SquareMatrix start = init ? over_prior(*init, A) : SquareMatrix();
    Matrix rounding = rounding_of(prior, rows.X, run.threads) / unit;
    const auto solve = [&](const Matrix& of, Matrix off) {
      return solve_itml({of, apart, xi, options.gamma, std::move(off)}, start, options.tolerance,
                        options.max_iterations, run);
    };
    if (Z.rows() < Z.cols()) {
      Span span = span_of(Z, rounding);
      if (init) start = span.Q.transpose() * start * span.Q;
      solution = solve(span.Z, std::move(span.off));
      fit.metric = metric::Metric::from_factor(beyond_span(solution.L, span.Q, A));
    } else {
      solution = solve(Z, std::move(rounding));
      fit.metric = metric::Metric::from_factor(solution.L.transpose() * A);
    }
  } else {
    solution.converged = true;  // the prior is 0, and so is every M in its range
    fit.metric = metric::Metric::from_weights(Vector::Zero(X.cols()));
  }
  fit.objective = solution.objective;
  fit.bound = solution.bound;
  fit.gap = solution.gap();
  fit.iterations = solution.iterations;
  fit.converged = solution.converged;
  fit.seed = options.seed;
  fit.extras.set("similar_within", std::sqrt(u2) * unit)
      .set("dissimilar_beyond", std::sqrt(l2) * unit)
      .set("violated", solution.violated)
      .set("similar", prepare::pairs_with(pairs, true).size())
      .set("dissimilar", prepare::pairs_with(pairs, false).size());
  return fit;
}

}  // namespace maha::learn::itml
