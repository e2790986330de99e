#pragma once

#include "core/types.hpp"
#include "metric/metric.hpp"

namespace maha::metric {

/// How far the coordinates z = L (x - center) of a row, as computed, may lie from the exact ones, whatever the center of
/// the rows X (n x d) that z was made for: the norm of
///   (d + 16) u |L| (|x| + m),  m the largest |X| of each feature.
class MapRounding {
 public:
  MapRounding(const Metric& metric, const MatrixRef& X);

  double of(const RowVector& x) const;

 private:
  Matrix sizes_;              // |L|, or empty
  RowVector weights_, most_;  // its diagonal otherwise; m
};

}  // namespace maha::metric
