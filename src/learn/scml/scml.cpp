#include "learn/scml/scml.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "learn/scml/bases.hpp"
#include "learn/scml/solver.hpp"
#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/units.hpp"
#include "prepare/pairs/neighbor_pairs.hpp"

namespace maha::learn::scml {
namespace {

constexpr Index kBasesOfFeature = 20, kMostBases = 200;  // by default: more cost time with the square, and gain little

/// Each row with its near rows times its far rows.
Triplets triplets_of(const MatrixRef& X, const Labels& y, const ScmlOptions& options, const Threads& threads) {
  const Pairs pairs = prepare::neighbor_pairs(X, y, options.neighbors, options.impostors, threads);
  Triplets triplets;
  for (auto first = pairs.begin(); first != pairs.end();) {
    const auto last = std::find_if(first, pairs.end(), [&](const Pair& pair) { return pair.i != first->i; });
    const auto far = std::find_if(first, last, [](const Pair& pair) { return !pair.similar; });
    for (auto near = first; near != far; ++near) {
      for (auto other = far; other != last; ++other) triplets.push_back({near->i, near->j, other->j});
    }
    first = last;
  }
  return triplets;
}

/// The root of the mean variance of the features that vary; 0 if none does.
double spread_of(const MatrixRef& X) {
  const RowVector mean = X.colwise().mean();
  const RowVector variance = (X.rowwise() - mean).colwise().squaredNorm() / static_cast<double>(X.rows());
  const RowVector range = X.colwise().maxCoeff() - X.colwise().minCoeff();
  const auto varying = (range.array() > 0).count();
  return varying == 0 ? 0
                      : std::sqrt((range.array() > 0).select(variance.array(), 0).sum() / static_cast<double>(varying));
}

struct Drawn {
  Triplets triplets;
  Matrix bases;  // unit rows
};

Drawn drawn_from(const MatrixRef& X, const Samples& samples, const ScmlOptions& options, const Threads& threads) {
  const Index count = options.bases > 0 ? options.bases : std::min(kMostBases, kBasesOfFeature * X.cols());
  if (!samples.triplets.empty())
    return {samples.triplets, bases_of_triplets(X, samples.triplets, count, options.seed, threads)};
  return {triplets_of(X, samples.y, options, threads), bases_of_regions(X, samples.y, count, options.seed, threads)};
}

void require_memory_for(const Samples& samples, const ScmlOptions& options) {
  const auto n = static_cast<double>(samples.X.rows()), d = static_cast<double>(samples.X.cols());
  const auto bases =
      options.bases > 0 ? static_cast<double>(options.bases) : std::min<double>(kMostBases, kBasesOfFeature * d);
  const double triplets = samples.triplets.empty() ? n * static_cast<double>(options.neighbors) *
                                                         std::min(n, static_cast<double>(options.impostors))
                                                   : static_cast<double>(samples.triplets.size());
  constexpr double kVectors = 24;  // of a number a triplet, in a step
  require_memory(sizeof(double) * (triplets * (3 + kVectors) + n * (bases + d) + bases * (d + 70 * bases)),
                 "SCML over " + std::to_string(static_cast<Index>(triplets)) + " triplets");
}

}  // namespace

Fit fit_scml(const Samples& samples, const ScmlOptions& options, const Run& run) {
  check_ranges(options);
  const bool listed = !samples.triplets.empty();
  if (listed) {
    require_triplets_of_rows(samples);
  } else {
    require_pairs_of_class(samples);
  }
  require_memory_for(samples, options);

  // 1. Triplets, and directions b of length 1/s. Over X / unit the objective is the same, and M unit^2 times that over
  // X.
  const double unit = linalg::unit_of_rows(samples.X);
  Matrix X = samples.X / unit;
  X.rowwise() -= RowVector(X.colwise().mean());
  auto [triplets, bases] = drawn_from(X, samples, options, run.threads);
  const double spread = spread_of(X);
  if (spread > 0) bases /= spread;

  // 2. The linear program for their weights.
  ScmlSolution solution;
  if (bases.rows() > 0) {
    const Matrix Y = metric::Metric::from_factor(bases).transform(X, run.threads);
    solution = solve_scml({Y, triplets, options.beta}, options.tolerance, options.max_iterations, run);
  } else {  // no rows of different classes differ: M = 0, and each hinge is 1
    solution.objective = solution.bound = 1;
    solution.active = std::ssize(triplets);
    solution.converged = true;
  }

  // 3. M = sum_b w_b b b'.
  std::vector<Index> used;
  for (Index b = 0; b < solution.w.size(); ++b) {
    if (solution.w[b] > 0) used.push_back(b);
  }
  const Vector root = solution.w(used).cwiseSqrt() / unit;
  Fit fit;
  Matrix L = root.asDiagonal() * bases(used, Eigen::all);
  if (L.rows() > L.cols()) L = linalg::pivoted_triangle(L, linalg::rank_tolerance(L.cols()));  // the same M, fewer rows
  fit.metric = metric::Metric::from_factor(std::move(L));
  fit.objective = solution.objective;
  fit.bound = solution.bound;
  fit.gap = solution.gap();
  fit.iterations = solution.iterations;
  fit.converged = solution.converged;
  fit.seed = options.seed;
  fit.extras.set("triplets", std::ssize(triplets))
      .set("bases", bases.rows())
      .set("bases_used", std::ssize(used))
      .set("active", solution.active);
  if (listed) {
    fit.unused.push_back("neighbors");
    fit.unused.push_back("impostors");
  }
  return fit;
}

}  // namespace maha::learn::scml
