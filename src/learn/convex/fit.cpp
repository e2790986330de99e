#include "learn/convex/fit.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "core/machine/memory.hpp"
#include "core/options/option_list.hpp"
#include "learn/convex/solver.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/units.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::convex {
namespace {

constexpr double kShareOfSolver = 0.999;  // of the tolerance; the rest covers the rounding of the metric itself

/// N with M = P' N P of the start, as far as it is of that form. Where there is none, or it is so large that its ridge
/// alone costs more than all of the objective there, from where a search hardly comes back, the identity of trace 1, at
/// which two rows differ by about 1 and the loss is neither flat nor steep.
SquareMatrix start_of(const metric::Metric* init, const Matrix& P, Loss& loss, const Matrix& Z, double ridge,
                      const Threads& threads) {
  const Index r = P.rows();
  const SquareMatrix I = SquareMatrix::Identity(r, r) / static_cast<double>(r);
  if (!init || init->rank() == 0) return I;
  const SquareMatrix half = linalg::least_squares(P.transpose(), init->factor().transpose());
  const SquareMatrix N = half * half.transpose();
  const double trace = N.trace(), usual = loss.value(Z / std::sqrt(static_cast<double>(r)), threads) + ridge;
  return trace > 0 && ridge * trace < usual ? N : I;
}

/// tr(M S): the mean of the rows' squared distances from their mean, with the rows under M.
double spread(const Matrix& Y) {
  const RowVector mean = Y.colwise().mean();
  return (Y.rowwise() - mean).squaredNorm() / static_cast<double>(Y.rows());
}

}  // namespace

Fit fit(const MatrixRef& X, const metric::Metric* init, const LossOf& loss_of, const Options& options, const Run& run) {
  // 1. Coordinates z = P x / unit in which the covariance of the rows is I.
  const double unit = linalg::unit_of_rows(X);
  const Matrix C = (X / unit).rowwise() - (X / unit).colwise().mean();
  const prepare::WhiteRows white = prepare::whiten_rows(C, run.threads);
  const Index r = white.P.rows();
  require_memory(30 * square_matrix_bytes(static_cast<double>(r)), "a fit over " + std::to_string(r) + " features");

  // 2. The least loss(N) + ridge tr N, M = P' N P.
  const std::unique_ptr<Loss> loss = loss_of(white.Z);
  Solution found{.L = Matrix(0, r)};
  if (r > 0) {
    std::optional<metric::Metric> start;
    if (init) start = init->scaled(unit);
    Options inner = options;
    inner.tolerance *= kShareOfSolver;
    const SquareMatrix N = start_of(start ? &*start : nullptr, white.P, *loss, white.Z, options.ridge, run.threads);
    found = solve(*loss, white.Z, N, inner, run);
  }
  metric::Metric M = metric::Metric::from_weights(Vector::Zero(X.cols()));
  if (found.L.rows() > 0) M = metric::Metric::from_factor(found.L * white.P);

  // 3. The objective from the metric itself.
  const Matrix Y = M.transform(C, run.threads);
  const double loss_of_rows = loss->value(Y, run.threads);
  found.objective = loss_of_rows + options.ridge * spread(Y);
  found.bound = r > 0 ? std::min(found.bound, found.objective) : found.objective;  // no row differs: M = 0

  Fit fit;
  fit.objective = found.objective;
  fit.bound = found.bound;
  fit.gap = found.gap();
  fit.iterations = found.iterations;
  fit.converged = found.gap() <= options.tolerance;
  fit.extras.set("loss", loss_of_rows).set("rank", M.rank());
  loss->report(Y, run.threads, fit.extras);
  fit.metric = unit == 1 ? std::move(M) : M.scaled(1 / unit);
  return fit;
}

}  // namespace maha::learn::convex
