#include "learn/dml_eig/dml_eig.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "learn/dml_eig/solver.hpp"
#include "learn/learner.hpp"
#include "learn/mmc/whitening.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/pairs/pair_rows.hpp"
#include "prepare/pairs/pair_scatter.hpp"

namespace maha::learn::dml_eig {
namespace {

constexpr double kShareOfSolver = 0.999;  // of the tolerance; the rest covers the rounding of the metric itself

/// The pairs whose rows differ after whitening.
Pairs apart(const Pairs& pairs, const Matrix& Z, const Threads& threads) {
  const Vector squared = prepare::squared_lengths(Z, pairs, threads);
  Pairs result;
  for (Index p = 0; p < squared.size(); ++p) {
    if (squared[p] > 0) result.push_back(pairs[static_cast<std::size_t>(p)]);
  }
  return result;
}

/// D_M of each pair, from the differences of the rows.
Vector distances_under(const metric::Metric& M, const MatrixRef& X, const Pairs& pairs, const Threads& threads) {
  constexpr Index kTile = 2048;
  Vector squared(static_cast<Index>(pairs.size()));
  threads.for_ranges(squared.size(), kTile, [&](Index begin, Index end) {
    squared.segment(begin, end - begin) =
        M.transform(prepare::pair_differences(X, pairs, begin, end)).rowwise().squaredNorm();
  });
  return squared;
}

/// X: rows as about_their_middle() returns them, over `unit`, in which the ridge is reported. The metric is that of X.
Fit fit_rows(const Matrix& X, double unit, const Pairs& pairs, const DmlEigOptions& options, const Run& run) {
  // 1. Whiten: in coordinates z = P'x with M = P N P' the constraint reads tr N <= 1.
  const Pairs similar = prepare::pairs_with(pairs, true), dissimilar = prepare::pairs_with(pairs, false);
  const mmc::SimilarWhitening white = mmc::whiten_similar(X, pairs, options.ridge, run);
  const Pairs differing = apart(dissimilar, white.Z, run.threads);
  Fit fit{.metric = metric::Metric::from_weights(Vector::Zero(X.cols())), .warnings = white.warnings};
  if (differing.size() < dissimilar.size()) {
    fit.warnings.push_back({Warning::Code::equal_pairs,
                            std::to_string(dissimilar.size() - differing.size()) +
                                " dissimilar pairs do not differ: no metric can tell them apart, and the objective is "
                                "that of the others"});
  }
  DmlEigSolution solution;
  if (!differing.empty()) {
    // 2. Maximise the least dissimilar distance over N = L L' with |L| = 1.
    const double tolerance = kShareOfSolver * options.tolerance;
    solution = solve_dml_eig(white.Z, differing, tolerance, options.max_iterations, run, white.margins);
    if (solution.L.size() == 0) {  // all squares overflow, and with them the objective, which is refused
      fit.objective = std::numeric_limits<double>::infinity();
      return fit;
    }
    const auto M = metric::Metric::from_factor((white.P * solution.L).transpose());
    if (options.want_proof) fit.proof = {{"multipliers", solution.multipliers}, {"basis", white.P}};

    // 3. Scale M so that the constraint holds with equality, and take the objective from M itself.
    const double constraint =
        distances_under(M, X, similar, run.threads).sum() + (white.ridge > 0 ? white.ridge * M.diagonal().sum() : 0);
    fit.metric = M.scaled(1 / std::sqrt(constraint));
    solution.objective = distances_under(M, X, differing, run.threads).minCoeff() / constraint;
    solution.bound = std::max(solution.bound, solution.objective);
  }  // otherwise no metric tells these pairs apart: M = 0
  fit.objective = solution.objective;
  fit.bound = solution.bound;
  fit.gap = solution.gap();
  fit.iterations = solution.iterations;
  fit.converged = solution.gap() <= options.tolerance;
  fit.extras.set("rank", fit.linear().rank())
      .set("ridge", white.ridge * unit * unit)
      .set("similar", similar.size())
      .set("dissimilar", dissimilar.size())
      .set("watched", solution.watched);
  return fit;
}

}  // namespace

void declare(OptionList& all, DmlEigOptions& options) {
  all.number("--ridge", options.ridge,
             "add this share of the similar pairs' mean scatter to it (default: 1e-6 if singular)")
      .above(0)
      .recorded_after("tolerance");
  all.number("--tolerance", options.tolerance, "relative gap to the optimum at which to stop").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
}

void describe(Hooks& hooks, DmlEigOptions& options) {
  hooks.want_proof = &options.want_proof;
  hooks.examples = {"maha-pairs --count 2000 datasets/wine.csv > pairs.csv",
                    "maha-dml-eig --pairs pairs.csv datasets/wine.csv -o dml-eig.json",
                    "maha-dml-eig --ridge 0.01 --pairs pairs.csv < datasets/wine.csv > smoother.json"};
}

Fit fit_dml_eig(const Samples& samples, const DmlEigOptions& options, const Run& run) {
  prepare::check_both_kinds(samples.pairs, samples.X.rows());
  check_ranges(options);
  require_memory(10 * square_matrix_bytes(static_cast<double>(samples.X.cols())),
                 "DML-eig over " + std::to_string(samples.X.cols()) + " features");
  // The problem over X / unit has the same objective; its M is unit^2 times that over X, its ridge 1 / unit^2 times.
  const auto [rows, unit] = prepare::rows_to_learn_from(samples.X, samples.pairs);
  Fit fit = fit_rows(rows.X, unit, rows.pairs, options, run);
  if (unit != 1) fit.divide_by(unit);
  return fit;
}

}  // namespace maha::learn::dml_eig
