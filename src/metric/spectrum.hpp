#pragma once

#include "metric/metric.hpp"

namespace maha {

/// The eigenvalues of M that are not 0 by its rank, the largest first: min(r, d) of them, all >= 0. Cost: a dense
/// eigendecomposition of size min(r, d); no d x d memory for a factor or weights.
Vector spectrum(const Metric& metric);

}  // namespace maha
