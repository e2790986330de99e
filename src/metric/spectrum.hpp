#pragma once

#include "metric/metric.hpp"

namespace maha::metric {

/// The rank of M. A factor L may have more rows than that: then it is the rank of L with columns scaled to norm 1, so
/// that units do not decide it. Otherwise it is Metric::rank.
Index numerical_rank(const Metric& metric);

/// The nonzero eigenvalues of M, largest first: numerical_rank of them, all >= 0. Cost: a dense eigendecomposition of
/// size min(r, d); no d x d memory for a factor or weights.
Vector spectrum(const Metric& metric);

}  // namespace maha::metric
