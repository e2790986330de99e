#pragma once
/// Data in units in which squares neither overflow nor underflow.

#include <functional>

#include "learn/lmnn/lmnn.hpp"

namespace maha::learn::lmnn {

/// fit(X, init), init being the samples' start or nullptr. If squares would overflow or underflow, it fits X times a
/// power of two instead and scales the metric back; both are exact. Throws InputError if a feature varies by so much
/// less than others that no such factor helps, or if the metric cannot be expressed over X.
Fit in_safe_units(const Samples& samples,
                  const std::function<Fit(const MatrixRef& X, const metric::Metric* init)>& fit);

}  // namespace maha::learn::lmnn
