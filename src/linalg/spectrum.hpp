#pragma once
/// The parts of a spectrum that learners ask for.

#include "core/types.hpp"

namespace maha {

/// The positive part of a symmetric A: V diag(root^2) V' is the positive semidefinite matrix nearest to A.
struct PositivePart {
  Vector roots;          ///< square roots of the positive eigenvalues, the largest first: r of them
  SquareMatrix vectors;  ///< d x r
};

/// Only the lower triangle of A is read. Eigenvalues that rounding cannot tell from 0 count as 0. Where few are
/// expected to be positive, `rank_guess` of them, twice as many Lanczos steps and some are tried, from a fixed start;
/// the result counts if residuals are down to rounding and a Cholesky factor proves that no positive eigenvalue was
/// missed. Else a dense eigendecomposition. Cost: d^3, or d^2 times the rank.
PositivePart positive_part(const SquareMatrix& A, Index rank_guess);
inline PositivePart positive_part(const SquareMatrix& A) { return positive_part(A, A.rows()); }

/// A number that the largest eigenvalue of the symmetric H does not exceed: what a certificate may rest on, where a
/// Ritz value may not (it never exceeds the largest eigenvalue and so proves nothing). It lies above that eigenvalue by
/// 8 d u |H|_F for rounding, u = 2^-53. Up to 512 rows by a dense decomposition; beyond, a Lanczos estimate t, raised
/// until the Cholesky factor of tI - H exists.
double largest_eigenvalue_bound(const SquareMatrix& H);

}  // namespace maha
