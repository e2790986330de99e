#pragma once

#include "core/types.hpp"

namespace maha::linalg {

/// |a_i - b_j|^2 for every row of A (n x d) and of B (m x d), n x m, by one matrix product. Never negative, but it
/// loses digits as |a|^2 + |b|^2 - 2 a.b does: use it for losses, not to decide which row is nearest. a, b: the squared
/// norms of the rows.
Matrix squared_distances(const MatrixRef& A, const Vector& a, const MatrixRef& B, const Vector& b);

/// The same, but where digits were lost the differences are squared: to some 12 digits, and 0 for equal rows alone. Of
/// rows about their mean few pairs are that near.
Matrix careful_squared_distances(const MatrixRef& A, const Vector& a, const MatrixRef& B, const Vector& b);

}  // namespace maha::linalg
