#include "prepare/reduction.hpp"

#include <string>

#include "core/error.hpp"
#include "linalg/scatter.hpp"
#include "prepare/preprocessing.hpp"

namespace maha::prepare {

Reduction reduce_metric(const metric::Metric& metric, Index dims, const NextRows& next, const Threads& threads) {
  const Index rank = metric.rank();
  if (rank == 0 && dims >= 1) return {metric, 1};  // M = 0 has nothing to lose
  if (dims < 1 || dims > rank) {
    throw InputError("cannot reduce to " + std::to_string(dims) + " dimensions: at least 1 and at most " +
                     std::to_string(rank) + ", the rank of the model");
  }
  linalg::MomentStream stream(rank, linalg::MomentOrder::scatter, threads);
  Matrix X;
  for (Labels y; next(X, y);) stream.add(metric.transform(X, threads));
  const linalg::Moments moments = stream.finish();
  const double spread = (moments.high - moments.low).maxCoeff();
  if (!(moments.squares.array().isFinite().all() && (spread == 0 || spread >= 0x1p-480))) {
    throw InputError("squares of the rows' coordinates under this model are no numbers: they overflow or underflow");
  }
  const Preprocessing components(moments, {Scale::none, dims});
  const double all = moments.squares.sum();
  const SquareMatrix S = moments.scatter;
  const Matrix V = components.linear_map();
  Reduction result;
  result.kept = all > 0 ? (V * S * V.transpose()).trace() / all : 1;
  result.metric = metric::Metric::from_factor(V * metric.factor());
  return result;
}

}  // namespace maha::prepare
