#pragma once

#include <variant>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "metric/metric.hpp"
#include "metric/network/network.hpp"

namespace maha::metric {

/// Rows where what was learned is the Euclidean distance: z = L (x - center) for each row x of X, or L x without a
/// center; n x r. Of a network f(x): it has its own origin. X: n x d; center: d, or empty. Equal rows stay equal.
/// Throws InputError if X has not d columns.
Matrix transform_rows(const std::variant<Metric, Network>& learned, const RowVector& center, const MatrixRef& X,
                      const Threads& threads);

}  // namespace maha::metric
