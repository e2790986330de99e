#include "metric/transform_rows.hpp"

namespace maha::metric {

Matrix transform_rows(const std::variant<Metric, Network>& learned, const RowVector& center, const MatrixRef& X,
                      const Threads& threads) {
  if (const auto* network = std::get_if<Network>(&learned)) return network->transform(X, threads);
  const Metric& metric = std::get<Metric>(learned);
  if (center.size() == 0 || X.cols() != metric.dims()) return metric.transform(X, threads);
  Matrix Y(X.rows(), X.cols());
  threads.for_ranges(X.rows(), 1024, [&](Index begin, Index end) {
    for (Index i = begin; i < end; ++i) Y.row(i) = X.row(i) - center;
  });
  return metric.transform(Y, threads);
}

}  // namespace maha::metric
