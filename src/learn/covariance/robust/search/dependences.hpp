#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::learn::covariance {

/// (d + 1) x k: orthonormal columns (a, c) with a'u + c = 0 for all rows of U (n x d), least first; as many as there
/// are. That is judged on the moments of (u, 1) / |(u, 1)|, for which it is the same equation: so that rows far away do
/// not hide what the others do. What counts as zero is rank_tolerance (linalg/rounding.hpp), `slack` times.
SquareMatrix dependences_of(const Matrix& U, double slack, const Threads& threads);

}  // namespace maha::learn::covariance
