#include "learn/mmc/mmc.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "learn/mmc/solver.hpp"
#include "learn/mmc/whitening.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::mmc {
namespace {

constexpr double kShareOfSolver = 0.999;  // of the tolerance; the rest covers the rounding of the metric itself

void check(const Samples& samples, const MmcOptions& options) {
  prepare::check_both_kinds(samples.pairs, samples.X.rows());
  check_ranges(options);
}

// N with M = P N P', within the range of P.
SquareMatrix whitened(const metric::Metric& M, const SimilarWhitening& white, bool diagonal) {
  if (diagonal) {
    const Vector scale = white.P.col(0).cwiseAbs2();
    return (scale.array() > 0).select(M.diagonal().cwiseQuotient(scale), 0);
  }
  if (M.rank() == 0) return SquareMatrix::Zero(white.P.cols(), white.P.cols());
  const SquareMatrix half = linalg::least_squares(white.P, M.factor().transpose());
  return half * half.transpose();
}

// The objective and the constraint of the problem, computed from a metric and the differences of the rows.
struct Sums {
  double dissimilar = 0, constraint = 0;
};

Sums sums_under(const metric::Metric& M, const MatrixRef& X, const Pairs& pairs, double ridge, const Run& run) {
  constexpr Index kTile = 2048;
  Vector squared(static_cast<Index>(pairs.size()));
  Team(run).fill(squared, kTile, [&](Index begin, Index end) {
    squared.segment(begin, end - begin) =
        M.transform(prepare::pair_differences(X, pairs, begin, end)).rowwise().squaredNorm();
  });
  Sums s;
  if (ridge > 0) s.constraint = ridge * M.diagonal().sum();
  for (Index p = 0; p < squared.size(); ++p) {
    const bool similar = pairs[static_cast<std::size_t>(p)].similar;
    (similar ? s.constraint : s.dissimilar) += similar ? squared[p] : std::sqrt(squared[p]);
  }
  return s;
}

// The weight of tr N^(1/2): at N = I/r and a spread of 1 that term equals the sum over the pairs, sum |b| / r^(1/2).
// Directions in which no row of Z differs from 0, of a diagonal N, do not count.
double spread_weight(double spread, const Matrix& Z, const Pairs& dissimilar, const Run& run) {
  if (spread == 0) return 0;
  const Index r = (Z.cwiseAbs().colwise().maxCoeff().array() > 0).count();
  return spread * prepare::squared_lengths(Z, dissimilar, run).cwiseSqrt().sum() / static_cast<double>(r);
}

// tr N^(1/2) of N = L L'.
double trace_of_root(const SquareMatrix& L, bool diagonal) {
  if (diagonal) return L.cwiseAbs().sum();
  return linalg::eigenvalues(L * L.transpose()).cwiseMax(0).cwiseSqrt().sum();
}

// What proves the bound: a weight of each dissimilar pair, coordinates in which the constraint reads tr N <= 1, and
// with a spread W along these.
std::vector<NamedNumbers> proof_of(const MmcSolution& solution, const SquareMatrix& P, bool diagonal) {
  const auto& [weight, root] = solution.spread;
  Matrix basis = P;
  Vector roots = root.values;
  if (diagonal) {
    std::vector<Index> free;
    for (Index f = 0; f < P.rows(); ++f) {
      if (P(f, 0) > 0) free.push_back(f);
    }
    basis = SquareMatrix(P.col(0).asDiagonal())(Eigen::all, free);
    if (weight > 0) roots = Vector(roots(free));
  } else if (weight > 0) {
    basis = P * root.vectors;  // along which W is diagonal
  }
  std::vector<NamedNumbers> proof{{"weights", solution.weights}, {"basis", std::move(basis)}};
  if (weight > 0) proof.push_back({"roots", std::move(roots)});
  return proof;
}

// c M
metric::Metric scaled(const metric::Metric& M, double c) {
  return M.form() == metric::Metric::Form::weights ? metric::Metric::from_weights(c * M.diagonal())
                                                   : metric::Metric::from_factor(std::sqrt(c) * M.factor());
}

/// X: rows as about_their_middle() returns them, over `unit`, in which the ridge is reported. The metric is that of X.
Fit fit_rows(const Matrix& X, double unit, const Pairs& pairs, const metric::Metric* init, const MmcOptions& options,
             const Run& run) {
  if (!options.diagonal) {
    require_memory(10 * square_matrix_bytes(static_cast<double>(X.cols())),
                   "MMC over " + std::to_string(X.cols()) + " features");
  }
  // 1. Whiten: in coordinates z = P'x with M = P N P' the constraint reads tr N <= 1.
  const Pairs dissimilar = prepare::pairs_with(pairs, false);
  const SimilarWhitening white = options.diagonal ? whiten_similar_diagonal(X, pairs, options.ridge, run)
                                                  : whiten_similar(X, pairs, options.ridge, run);
  metric::Metric M = metric::Metric::from_weights(Vector::Zero(X.cols()));
  Fit fit{.warnings = white.warnings};
  MmcSolution solution;
  double dissimilar_sum = 0;
  if (prepare::squared_lengths(white.Z, dissimilar, run).sum() > 0) {
    // 2. Maximise the sum of the dissimilar distances over N = L L' with |L| = 1.
    const SquareMatrix start = init ? whitened(*init, white, options.diagonal) : SquareMatrix();
    const double tolerance = kShareOfSolver * options.tolerance;
    const double spread = spread_weight(options.spread, white.Z, dissimilar, run);
    solution = solve_mmc(white.Z, dissimilar, start, options.diagonal, tolerance, options.max_iterations, run,
                         white.margins, spread);
    M = options.diagonal ? metric::Metric::from_weights(white.P.col(0).cwiseProduct(solution.L.col(0)).cwiseAbs2())
                         : metric::Metric::from_factor((white.P * solution.L).transpose());
    if (options.want_proof) fit.proof = proof_of(solution, white.P, options.diagonal);

    // 3. Scale M so that the constraint holds with equality, and take the objective from M itself.
    Sums found = sums_under(M, X, pairs, white.ridge, run);
    M = scaled(M, 1 / found.constraint);
    dissimilar_sum = found.dissimilar / std::sqrt(found.constraint);
    if (spread > 0) found.dissimilar += spread * trace_of_root(solution.L, options.diagonal);
    solution.objective = found.dissimilar / std::sqrt(found.constraint);
    solution.bound = std::max(solution.bound, solution.objective);
  }  // otherwise no metric tells these pairs apart: M = 0
  const Index rank = M.rank();
  fit.metric = std::move(M);
  fit.objective = solution.objective;
  fit.bound = solution.bound;
  fit.gap = solution.gap();
  fit.iterations = solution.iterations;
  fit.converged = solution.gap() <= options.tolerance;
  fit.extras.set("rank", rank)
      .set("ridge", white.ridge * unit * unit)
      .set("similar", pairs.size() - dissimilar.size())
      .set("dissimilar", dissimilar.size());
  if (options.spread > 0) fit.extras.set("distances", dissimilar_sum);
  return fit;
}

}  // namespace

Fit fit_mmc(const Samples& samples, const MmcOptions& options, const Run& run) {
  check(samples, options);
  // The problem over X / unit has the same objective; its M is unit^2 times that over X, its ridge 1 / unit^2 times.
  const auto [rows, unit] = prepare::rows_to_learn_from(samples.X, samples.pairs);
  std::optional<metric::Metric> init;
  if (const metric::Metric* start = start_metric(samples)) init = unit == 1 ? *start : start->scaled(unit);
  Fit fit = fit_rows(rows.X, unit, rows.pairs, init ? &*init : nullptr, options, run);
  if (unit != 1) fit.divide_by(unit);
  return fit;
}

}  // namespace maha::learn::mmc
