#include "metric/map_rounding.hpp"

#include "linalg/rounding.hpp"

namespace maha::metric {

MapRounding::MapRounding(const Metric& metric, const MatrixRef& X) : most_(X.cwiseAbs().colwise().maxCoeff()) {
  if (metric.form() == Metric::Form::weights) {
    weights_ = metric.diagonal().transpose().cwiseSqrt();
  } else {
    sizes_ = metric.factor().cwiseAbs();
  }
}

double MapRounding::of(const RowVector& x) const {
  const RowVector size = x.cwiseAbs() + most_;
  const double norm = weights_.size() > 0 ? size.cwiseProduct(weights_).norm() : (size * sizes_.transpose()).norm();
  return linalg::product_rounding(x.size()) * norm;
}

}  // namespace maha::metric
