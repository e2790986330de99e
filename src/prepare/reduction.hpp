#pragma once

#include "core/machine/parallel.hpp"
#include "core/next_rows.hpp"
#include "metric/metric.hpp"

namespace maha::prepare {

struct Reduction {
  metric::Metric metric;  ///< L: dims x d
  double kept = 1;        ///< the share of the variance in the learned space that is kept, in [0, 1]
};

/// The metric of rank `dims` that keeps most of the rows' variance under `metric`: the principal components of z = L x,
/// folded into L. One pass. Throws InputError for no rows, or unless 1 <= dims <= rank; M = 0 is returned unchanged.
/// Cost: r (d + r) a row, and r^3; of n < r rows, which are kept, n^2 r.
Reduction reduce_metric(const metric::Metric& metric, Index dims, const NextRows& next,
                        const Threads& threads = Threads());

}  // namespace maha::prepare
