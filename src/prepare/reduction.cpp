#include "prepare/reduction.hpp"

#include <cmath>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/few_rows.hpp"
#include "prepare/few_rows.hpp"
#include "prepare/preprocessing.hpp"

namespace maha::prepare {

namespace {

void check_squares(const linalg::Moments& moments) {
  const double spread = (moments.high - moments.low).maxCoeff();
  if (!(moments.squares.array().isFinite().all() && (spread == 0 || spread >= 0x1p-480))) {
    throw InputError("squares of the rows' coordinates under this model are no numbers: they overflow or underflow");
  }
}

/// V L: dims x d. Of weights, L is not formed.
Matrix folded(const Matrix& V, const metric::Metric& metric) {
  if (metric.form() != metric::Metric::Form::weights) return V * metric.factor();
  const Vector w = metric.diagonal();
  Matrix L = Matrix::Zero(V.rows(), metric.dims());
  for (Index j = 0, r = 0; j < metric.dims(); ++j) {
    if (w(j) > 0) L.col(j) += V.col(r++) * std::sqrt(w(j));
  }
  return L;
}

/// V, the principal components of coordinates of which there are fewer rows than columns, and the share they keep.
Reduction of_few_rows(const Matrix& Z, Index dims, const metric::Metric& metric, const Threads& threads) {
  const linalg::Moments moments = linalg::moments_of(Z, linalg::MomentOrder::variances, threads);
  check_squares(moments);
  const Matrix H = linalg::scatter_rows(Z);
  const Matrix V = Preprocessing(moments, {Scale::none, dims}, H, threads).linear_map();
  const double all = H.squaredNorm();
  return {metric::Metric::from_factor(folded(V, metric)), all > 0 ? (H * V.transpose()).squaredNorm() / all : 1};
}

}  // namespace

Reduction reduce_metric(const metric::Metric& metric, Index dims, const NextRows& next, const Threads& threads) {
  const Index rank = metric.rank();
  if (rank == 0 && dims >= 1) return {metric, 1};  // M = 0 has nothing to lose
  if (dims < 1 || dims > rank) {
    throw InputError("cannot reduce to " + std::to_string(dims) + " dimensions: at least 1 and at most " +
                     std::to_string(rank) + ", the rank of the model");
  }
  NextRows coordinates = [&](Matrix& Z, Labels& y) {
    if (!next(Z, y)) return false;
    Z = metric.transform(Z, threads);
    return true;
  };
  if (const std::optional<Rows> few = few_rows(coordinates)) return of_few_rows(few->X, dims, metric, threads);
  linalg::MomentStream stream(rank, linalg::MomentOrder::scatter, threads);
  Matrix Z;
  for (Labels y; coordinates(Z, y);) stream.add(Z);
  const linalg::Moments moments = stream.finish();
  check_squares(moments);
  const Preprocessing components(moments, {Scale::none, dims});
  const double all = moments.squares.sum();
  const SquareMatrix S = moments.scatter;
  const Matrix V = components.linear_map();
  Reduction result;
  result.kept = all > 0 ? (V * S * V.transpose()).trace() / all : 1;
  result.metric = metric::Metric::from_factor(folded(V, metric));
  return result;
}

}  // namespace maha::prepare
