#pragma once

#include "core/types.hpp"

namespace maha {

/// |a_i - b_j|^2 of each row of A (n x d) with each of B (m x d), n x m, by one product; not below 0, but rounded as
/// |a|^2 + |b|^2 - 2 a.b is: for losses, not for deciding who is nearest. a, b: the squared norms of the rows.
Matrix squared_distances(const MatrixRef& A, const Vector& a, const MatrixRef& B, const Vector& b);

}  // namespace maha
