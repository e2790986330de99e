#include "learn/lmnn/fit.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "learn/lmnn/solver/low_rank.hpp"
#include "learn/lmnn/solver/start.hpp"
#include "learn/lmnn/solver/whitening.hpp"

namespace maha::learn::lmnn {
namespace {

constexpr double kSampleTolerance = 1e-2;  // a start need not be better, as the sample's optimum differs anyway
constexpr int kSampleIterations = 100;     // that many cost less than a few passes over the triplets of all rows

/// All rows are equal, so every triplet has the hinge 1 under any M.
FittedMetric fit_nothing(const MatrixRef& X, const Problem& problem, const LmnnOptions& options, const Run& run) {
  const std::unique_ptr<Cone> cone = weight_cone({Matrix::Zero(problem.targets().rows(), 1)}, run);
  FittedMetric fit;
  fit.solution = solution_at_zero(problem, *cone, problem.all_triplets(*cone), options.want_dual);
  fit.metric = metric::Metric::from_weights(Vector::Zero(X.cols()));
  return fit;
}

/// Some iterations over a sample of the triplets. Progress reports them as iterations of the whole problem, of which
/// only the solution N = 0 is known so far.
SquareMatrix sampled_start(const Problem& sample, const Cone& cone, SquareMatrix start, Solution& known,
                           const LmnnOptions& options, const Run& run) {
  Run told = run;
  told.progress = [&](const Progress& state) {
    Progress of_all{state.iteration, known.objective, known.proven(), known.gap(), state.others};
    of_all.others.set("active", known.active);
    return run.tell(of_all);
  };
  const SolverOptions few{std::max(options.tolerance, kSampleTolerance),
                          std::min(options.max_iterations, kSampleIterations), false, "sample"};
  Solution nothing;
  nothing.objective = std::numeric_limits<double>::infinity();
  const Solution found = solve(sample, cone, start, std::move(nothing), few, told);
  known.iterations = found.iterations;
  // What follows would be otherwise with a larger limit.
  if (found.iterations >= options.max_iterations && run.checkpoint) run.checkpoint->close();
  return found.point.N;
}

Solution solve_over(const Cone& cone, const Problem& problem, std::vector<SquareMatrix> candidates,
                    const LmnnOptions& options, const Run& run) {
  Solution zero;
  SquareMatrix start = cone.identity();
  if (!Stage::saved(run.checkpoint, SolverOptions::kSolve)) {  // from where the solver goes on without a start
    // 1. N = 0, if its multipliers prove that it is the optimum.
    const LinearPart all = problem.all_triplets(cone);
    zero = solution_at_zero(problem, cone, all, options.want_dual);
    if (zero.converged) return zero;

    // 2. The start: the best candidate, improved on a sample if a pass over all triplets takes long.
    start = best_start(problem, cone, all, std::move(candidates), run);
    if (const std::unique_ptr<Problem> sample = problem.sample()) {
      start = sampled_start(*sample, cone, std::move(start), zero, options, run);
    }
  }

  // 3. The solver: L-BFGS over factors of bounded rank, or accelerated projected gradients over the cone.
  const SolverOptions solver{options.tolerance, options.max_iterations, options.want_dual};
  if (options.rank > 0) return solve_low_rank(problem, cone, start, options.rank, std::move(zero), solver, run);
  return solve(problem, cone, start, std::move(zero), solver, run);
}

}  // namespace

FittedMetric fit_matrix(const MatrixRef& X, const Problem& problem, const metric::Metric* init,
                        const LmnnOptions& options, const Run& run) {
  // 1. Whiten: z = W'x and M = W N W', so that the pull (1-mu) sum D(i,j) is tr N.
  Whitening white = whiten(X, problem.targets(), problem.mu(), options.ridge, run.threads);
  if (white.W.size() == 0) return fit_nothing(X, problem, options, run);

  // 2. Minimise over N, starting from the Euclidean distance (M = I), the given metric, or better.
  const std::unique_ptr<Cone> cone = psd_cone(std::move(white.rows), run);
  std::vector<SquareMatrix> candidates{white.T * white.T.transpose()};
  if (init) {
    const SquareMatrix half = white.T * init->factor().transpose();
    candidates.push_back(half * half.transpose());
  }
  FittedMetric fit;
  fit.solution = solve_over(*cone, problem, std::move(candidates), options, run);

  // 3. Back to the features of X: M = W N W' = L'L.
  const Point& point = fit.solution.point;
  fit.metric = metric::Metric::from_factor((white.W * point.V * point.root.asDiagonal()).transpose());
  fit.basis = std::move(white.W);
  fit.ridge = white.ridge;
  fit.left_out = std::move(white.left_out);
  fit.left_out_share = white.left_out_share;
  if (!fit.left_out.empty()) fit.left_out_directions = X.cols() - fit.basis.cols();
  return fit;
}

FittedMetric fit_weights(const MatrixRef& X, const Problem& problem, const metric::Metric* init,
                         const LmnnOptions& options, const Run& run) {
  // The same three steps for M = diag(w), each feature on its own.
  WeightWhitening white = whiten_features(X, problem.targets(), problem.mu(), options.ridge, run.threads);
  if (white.features.empty()) return fit_nothing(X, problem, options, run);
  const std::unique_ptr<Cone> cone = weight_cone(std::move(white.rows), run);
  std::vector<SquareMatrix> candidates{white.scale};
  if (init) candidates.push_back(white.scale.cwiseProduct(init->diagonal()(white.features)));
  FittedMetric fit;
  fit.solution = solve_over(*cone, problem, std::move(candidates), options, run);
  Vector weights = Vector::Zero(X.cols());
  weights(white.features) = fit.solution.point.N.col(0).cwiseQuotient(white.scale);
  fit.metric = metric::Metric::from_weights(weights);
  fit.basis = Matrix::Zero(X.cols(), white.scale.size());
  for (Index k = 0; k < white.scale.size(); ++k) fit.basis(white.features[k], k) = 1 / std::sqrt(white.scale(k));
  fit.ridge = white.ridge;
  return fit;
}

}  // namespace maha::learn::lmnn
