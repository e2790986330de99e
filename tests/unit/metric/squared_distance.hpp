#pragma once

#include "metric/metric.hpp"

namespace maha::test {

/// |L(x - y)|^2, as the definition of a metric has it.
inline double squared_distance(const metric::Metric& metric, const RowVector& x, const RowVector& y) {
  return (metric.factor() * (x - y).transpose()).squaredNorm();
}

}  // namespace maha::test
