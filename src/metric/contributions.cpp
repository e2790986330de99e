#include "metric/contributions.hpp"

#include <cmath>

namespace maha::metric {
namespace {

constexpr double kRounding = 1e-6;  // two sums that differ by a larger part are not the same but for rounding

}  // namespace

Contributions::Contributions(const Metric& metric) {
  if (metric.form() == Metric::Form::weights) {
    weights_ = metric.diagonal().transpose();
  } else {
    L_ = metric.factor();
  }
}

RowVector Contributions::of(const RowVector& difference, double squared) const {
  RowVector c = difference;
  if (weights_.size() > 0) {  // L may have no row
    c.array() *= difference.array() * weights_.array();
  } else {
    const RowVector mapped = difference * L_.transpose();
    c.array() *= (mapped * L_).array();
  }
  const double sum = c.sum();
  if (std::abs(sum - squared) <= kRounding * squared && sum > 0) c *= squared / sum;
  return c;
}

}  // namespace maha::metric
