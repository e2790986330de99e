#pragma once
/// Data in units in which squares neither overflow nor vanish.

#include <functional>

#include "learn/lmnn/lmnn.hpp"

namespace maha::lmnn {

/// fit(X, options), or the same of X times a power of two where squares of its numbers would overflow or vanish, and
/// the metric that it finds taken back: both are exact. Throws InputError if a feature varies by so much less than
/// others that no such factor helps, or if the metric cannot be written over X.
LmnnResult in_safe_units(const MatrixRef& X, const LmnnOptions& options,
                         const std::function<LmnnResult(const MatrixRef&, const LmnnOptions&)>& fit);

}  // namespace maha::lmnn
