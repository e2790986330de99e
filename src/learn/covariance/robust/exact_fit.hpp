#pragma once

#include "learn/covariance/robust/search/subset.hpp"
#include "learn/features_error.hpp"

namespace maha::learn::covariance {

/// What is wrong where h rows, but not all, lie on a hyperplane: how many of the rows X (n x d) do, on which one, and
/// what can be done. plane: over z = A x + constant; A: q x d.
FeaturesError exact_fit_error(const Hyperplane& plane, const Matrix& A, const Matrix& X, Index h);

}  // namespace maha::learn::covariance
