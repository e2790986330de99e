#include "learn/nca/nca.hpp"

#include <cmath>

#include "learn/nca/descent.hpp"
#include "learn/nca/start.hpp"
#include "learn/projection.hpp"
#include "learn/start_size.hpp"
#include "linalg/units.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::nca {
namespace {

constexpr Index kAllAtOnce = 4000;  // rows: an iteration over them takes a second at most, as does one over letters
constexpr Index kBatch = 1000;      // rows of a mini-batch: 26 classes leave some forty of each

Index batch_for(Index rows, const NcaOptions& options) {
  const Index batch = options.batch.value_or(rows > kAllAtOnce ? kBatch : 0);
  return batch < rows && !options.diagonal ? batch : 0;
}

/// What a search came to, as a fit.
Fit fit_of(const Found& found, metric::Metric M, const NcaOptions& options) {
  Fit fit;
  fit.extras.set("rank", M.rank());
  fit.metric = std::move(M);
  if (found.loss) {
    fit.objective = -*found.loss;
    fit.extras.set("gradient", found.gradient);
  }
  fit.iterations = found.iterations;
  fit.converged = found.loss && found.gradient <= options.tolerance;
  fit.local_minimum = *fit.converged;
  return fit;
}

/// X: in units of its size.
Fit fit_matrix(const SharedRows& X, const Samples& samples, const metric::Metric* init, const NcaOptions& options,
               const Run& run) {
  // 1. Coordinates z = P (x - mean) of the directions in which rows differ.
  prepare::WhiteRows white = prepare::whiten_rows(X, run.threads);
  if (white.Z.cols() == 0) {  // all rows are equal: one coordinate that is 0
    white.P = Matrix::Zero(1, X.cols());
    white.Z = Matrix::Zero(X.rows(), 1);
  }
  // 2. The start, L = A S P, and rows in its own coordinates u = S z.
  const Start start =
      init ? start_from(init->factor(), X, white.Z, options.rank) : best_start(X, white.Z, samples.y, options);
  const Matrix U = white.Z * start.S.transpose();
  white.Z.resize(0, 0);
  // 3. The search over A, over all rows or by mini-batches.
  const Index batch = batch_for(X.rows(), options);
  const Found found = batch > 0 ? descend_by_batches(U, samples.y, start.A, batch, options, run)
                                : descend(sorted_by_class(U, samples.y), start.A, options, run);
  Fit fit = fit_of(found, metric::Metric::from_factor(found.A * start.S * white.P), options);
  if (batch > 0) {
    fit.extras.set("batch", batch);
    fit.seed = options.seed;
  } else {
    fit.unused = {"passes"};
  }
  return fit;
}

Fit fit_weights(const SharedRows& X, const Samples& samples, const metric::Metric* init, const NcaOptions& options,
                const Run& run) {
  // 1. Standardised features, so that the penalty does not depend on units; constant ones are 0.
  Matrix Z = X.rowwise() - RowVector(X.colwise().mean());
  RowVector deviations = Z.colwise().norm() / std::sqrt(static_cast<double>(X.rows()));
  for (Index k = 0; k < X.cols(); ++k) {
    if (X.col(k).maxCoeff() == X.col(k).minCoeff()) deviations[k] = 0;
  }
  const RowVector scale = (deviations.array() > 0).select(deviations.cwiseInverse(), 0);
  Z *= scale.asDiagonal();
  // 2. The search over weights m >= 0 of them.
  const Vector start = init ? Vector(init->diagonal().cwiseProduct(deviations.transpose().cwiseAbs2()))
                            : best_weights(Z, deviations, samples.y, options.objective);
  if (init) require_size_of_start(std::sqrt(start.sum()));
  const Found found = descend_weights(sorted_by_class(Z, samples.y), start, options, run);
  const Vector m = found.A.col(0).cwiseProduct(scale.transpose().cwiseAbs2());
  Fit fit = fit_of(found, metric::Metric::from_weights(m), options);
  fit.extras.set("weighted", (m.array() > 0).count());
  fit.unused = {"passes"};
  return fit;
}

}  // namespace

Fit fit_nca(const Samples& samples, const NcaOptions& options, const Run& run) {
  check(options);
  require_pairs_of_class(samples);
  require_rank(options.rank, samples.X.cols());
  const double unit = linalg::unit_of_rows(samples.X);
  const SharedRows X = linalg::rows_in_unit(samples.X, unit);
  std::optional<metric::Metric> init;
  if (const metric::Metric* start = start_metric(samples)) init = start->scaled(unit);
  Fit fit = options.diagonal ? fit_weights(X, samples, init ? &*init : nullptr, options, run)
                             : fit_matrix(X, samples, init ? &*init : nullptr, options, run);
  if (unit != 1) fit.divide_by(unit);
  return fit;
}

}  // namespace maha::learn::nca
