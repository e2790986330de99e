#include "learn/mlkr/mlkr.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/checkpoint.hpp"
#include "core/error.hpp"
#include "core/options/option_list.hpp"
#include "core/random.hpp"
#include "learn/learner.hpp"
#include "learn/mlkr/objective.hpp"
#include "learn/projection.hpp"
#include "learn/start_size.hpp"
#include "linalg/lbfgs.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "linalg/units.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::mlkr {
namespace {

// Scales of the start, powers of two of the root mean square distance of two rows over sqrt(2): of kernels from wider
// than all rows to those that single out the nearest of 10^9 rows on a line, or of all that fit in memory in the plane.
constexpr int kWidest = -2, kNarrowest = 30;
constexpr double kDisturbance = 0.5;  // enough to end in other minima, little enough to keep the scale
constexpr int kRisesBeforeEnd = 3;    // of f in a row, behind which no narrower kernel is tried

/// The target in units in which its mean is 0 and its mean square 1.
struct Target {
  Vector y;
  double deviation, total;  // in its own units: the standard deviation, and sum_i (y_i - mean y)^2
};

Target standardized(const Vector& target) {
  const auto n = static_cast<double>(target.size());
  const double unit = linalg::unit_of(target.cwiseAbs().maxCoeff());
  const Vector y = target / unit;
  const Vector about = y.array() - y.mean();
  const double deviation = std::sqrt(about.squaredNorm() / n);
  const double total = about.squaredNorm() * unit * unit;
  if (!std::isfinite(total)) throw InputError("the target's values are too large: their squares overflow");
  return {about / deviation, deviation * unit, total};
}

void check(const Samples& samples, const MlkrOptions& options) {
  check_ranges(options);
  const Index n = samples.X.rows();
  if (samples.target.size() == 0) throw InputError("there is no target to predict");
  if (samples.target.size() != n) {
    throw InputError(std::to_string(samples.target.size()) + " targets for " + std::to_string(n) + " rows");
  }
  if (n < 2) throw InputError("one row cannot be predicted by others: two are wanted");
  if (!samples.X.allFinite() || !samples.target.allFinite()) throw InputError("every number must be finite");
  if ((samples.target.array() == samples.target[0]).all()) {
    throw InputError("the target is the same in all " + std::to_string(n) + " rows");
  }
  require_rank(options.rank, samples.X.cols());
}

/// The first principal components of the rows under a metric: A, r x q over the white rows Z, r at most `rank`.
/// `factor`: q x s, the metric's L over the features of X times B, x - mean = B z, transposed.
Matrix principal_factor(const Matrix& factor, Index rank) {
  const linalg::PositivePart part = linalg::positive_part(factor * factor.transpose(), factor.cols());
  const Index kept = std::min(rank, part.roots.size());
  return part.roots.head(kept).asDiagonal() * part.vectors.leftCols(kept).transpose();
}

/// Of A times a power of two, that with the least error.
Matrix best_scale(const LeaveOneOut& error, Matrix A, const Run& run) {
  A /= A.norm();
  double least = 0;
  int best = 0;
  for (int power = kWidest; power <= kNarrowest && power - best <= kRisesBeforeEnd && !run.stop(); ++power) {
    const double found = error.value(std::scalbn(1.0, power) * A);
    if (power > kWidest && !(found < least)) continue;
    least = found;
    best = power;
  }
  return std::scalbn(1.0, best) * A;
}

/// The start with uniform random numbers of mean 0 added, which together are about half as long as it is.
Matrix disturbed(Matrix A, Random& random) {
  const double size = kDisturbance * A.norm() * std::sqrt(3 / static_cast<double>(A.size()));
  for (double& value : A.reshaped()) value += size * (2 * random.uniform() - 1);
  return A;
}

/// What the search for a minimum has come to. Values are of f over the target's total, with the ridge.
struct Found {
  Matrix A;
  double value = 0, gradient = 0;  // |dvalue/dA| |A|
  Index iterations = 0;
  bool stopped = false;  // by the caller

  void visit(State& state) { state(A, value, gradient, iterations); }
};

/// L-BFGS from A; `before`: the iterations from other starts, which count.
Found minimize(const LeaveOneOut& error, const Matrix& start, double total, Index before, const MlkrOptions& options,
               const Run& run) {
  const Index r = start.rows(), q = start.cols();
  Found found{start};
  found.iterations = before;
  double slope = 0;  // at the last point that was evaluated, which is the iterate when that is told
  const auto function = [&](const Vector& x, Vector& g) {
    const Matrix A = Matrix::Map(x.data(), r, q);
    Matrix gradient;
    const double value = error.value(A, gradient) + options.ridge * A.squaredNorm();
    gradient += 2 * options.ridge * A;
    Matrix::Map(g.data(), r, q) = gradient;
    slope = gradient.norm() * A.norm();
    return value;
  };
  const auto reached = [&](double value) {
    found.value = value;
    found.gradient = slope;
    return slope <= options.tolerance;
  };
  const auto iterate = [&](int iteration, double value, const Vector&) {
    found.iterations = before + iteration;
    const bool done = reached(value);
    const Progress state{
        .iteration = found.iterations, .objective = value * total, .others = Report().set("gradient", slope)};
    found.stopped = !run.tell(state);
    return !found.stopped && !done;
  };
  const Vector first = Eigen::Map<const Vector>(start.data(), start.size());
  const Stage stage(run.checkpoint, "descent", [&](State& state) { found.visit(state); });
  if (!stage.restored()) {
    Vector g(start.size());
    if (reached(function(first, g)) || run.stop()) return found;
  }
  linalg::LbfgsOptions limits;
  limits.max_iterations = options.max_iterations;
  limits.tolerance = 0;
  limits.stop = [&] { return run.stop(); };
  limits.checkpoint = run.checkpoint;
  const Vector x = linalg::minimize_lbfgs(function, first, limits, iterate);
  found.A = Matrix::Map(x.data(), r, q);
  const bool limited = found.iterations - before >= options.max_iterations && found.gradient > options.tolerance;
  if (limited && run.checkpoint) run.checkpoint->close();  // without that limit it would go on
  return found;
}

}  // namespace

void declare(OptionList& all, MlkrOptions& options) {
  declare_rank(all, options.rank, "learn L of so many rows, a map to R dimensions (default: as many as features)");
  all.number("--ridge", options.ridge,
             "add this share of the target's variation for each unit of the mean squared length of rows")
      .at_least(0);
  all.number("--starts", options.starts, "start so often, but for the first with random numbers added; the best counts")
      .at_least(1)
      .recorded_if_changed();
  all.number("--seed", options.seed, "of those numbers").unrecorded();
  all.number("--tolerance", options.tolerance, "gradient at which to stop, beside the target's variation").above(0);
  all.number("--max-iterations", options.max_iterations, "stop after so many").at_least(1).unrecorded();
}

void describe(Hooks& hooks, MlkrOptions&) {
  hooks.start = "start from this model (default: the Euclidean distance, at the scale that predicts best)";
  hooks.examples = {
      "maha-mlkr --target progression --standardize --ridge 0.1 datasets/diabetes.csv -o mlkr.json",
      "maha-knn --regress --leave-one-out -k 10 -m mlkr.json --train datasets/diabetes.csv",
      "maha-mlkr --rank 2 --ridge 0.1 datasets/diabetes.csv | maha-transform -m - datasets/diabetes.csv | head -3"};
}

Fit fit_mlkr(const Samples& samples, const MlkrOptions& options, const Run& run) {
  // 1. Rows in one unit, in coordinates z = P (x - mean) in which their covariance is I: x - mean = B z.
  check(samples, options);
  const double unit = linalg::unit_of_rows(samples.X);
  const SharedRows X = linalg::rows_in_unit(samples.X, unit);
  const prepare::WhiteRows white = prepare::whiten_rows(X, run.threads);
  const Target target = standardized(samples.target);
  const Matrix B = prepare::way_back(X, white.Z);

  // 2. Where to begin.
  const Index rank = options.rank > 0 ? options.rank : X.cols();
  const LeaveOneOut error(white.Z, target.y, run.threads);
  Matrix A(0, white.Z.cols());
  Random random(options.seed), head = random;  // now, and before the numbers of this start were drawn
  Found found;
  Index s = 0;
  const Stage stage(run.checkpoint, "starts", [&](State& state) {
    state(A, head, s);
    found.visit(state);
  });
  if (stage.restored()) {
    random = head;
  } else if (const metric::Metric* start = start_metric(samples)) {
    A = principal_factor(start->scaled(unit).transform(B.transpose()), rank);
    require_size_of_start(A.norm());
  } else if (A.cols() > 0) {
    A = best_scale(error, principal_factor(B.transpose(), rank), run);
  }

  // 3. Downhill from there.
  for (; s == 0 || (s < options.starts && A.size() > 0 && !found.stopped && !run.stop()); ++s) {
    head = random;
    Found other = minimize(error, s == 0 ? A : disturbed(A, random), target.total, found.iterations, options, run);
    found.iterations = other.iterations;
    found.stopped = other.stopped;
    if (s == 0 || other.value < found.value) found = std::move(other);
  }
  const double ridge = options.ridge * found.A.squaredNorm();

  Fit fit{.metric = metric::Metric::from_factor(found.A * white.P / unit)};
  fit.center = samples.X.colwise().mean();
  fit.objective = found.value * target.total;
  fit.iterations = found.iterations;
  if (options.starts > 1) fit.seed = options.seed;
  fit.converged = fit.local_minimum = found.gradient <= options.tolerance;
  fit.extras.set("rank", found.A.rows())
      .set("rmse", std::sqrt(std::max(found.value - ridge, 0.0)) * target.deviation)
      .set("gradient", found.gradient)
      .set("local_minimum", fit.local_minimum);
  return fit;
}

}  // namespace maha::learn::mlkr
