#pragma once
/// Data in units in which squares neither overflow nor vanish.

#include <functional>

#include "learn/lmnn/lmnn.hpp"

namespace maha::lmnn {

/// fit(X, init), init being the start among the samples or nullptr, or the same of X times a power of two where squares
/// of its numbers would overflow or vanish, and the metric that it finds taken back: both are exact. Throws InputError
/// if a feature varies by so much less than others that no such factor helps, or if the metric cannot be written over
/// X.
Fit in_safe_units(const Samples& samples, const std::function<Fit(const MatrixRef& X, const Metric* init)>& fit);

}  // namespace maha::lmnn
