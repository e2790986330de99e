#pragma once

#include "metric/metric.hpp"

namespace maha {

/// The rank of M: of a factor L, which may have more rows than that, the rank of L with its columns scaled to norm 1,
/// so that units do not decide; otherwise Metric::rank.
Index numerical_rank(const Metric& metric);

/// The eigenvalues of M that are not 0 by its rank, the largest first: numerical_rank of them, all >= 0. Cost: a dense
/// eigendecomposition of size min(r, d); no d x d memory for a factor or weights.
Vector spectrum(const Metric& metric);

}  // namespace maha
