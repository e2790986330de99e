#pragma once
/// The parts of a spectrum that learners ask for.

#include "core/types.hpp"

namespace maha {

/// The positive part of a symmetric A: V diag(root^2) V' is the positive semidefinite matrix nearest to A.
struct PositivePart {
  Vector roots;          ///< square roots of the positive eigenvalues, the largest first: r of them
  SquareMatrix vectors;  ///< d x r
};

/// Only the lower triangle of A is read. Eigenvalues that rounding cannot tell from 0 count as 0. Cost: one dense
/// eigendecomposition, which up to some hundred features is quicker than finding either part by Lanczos steps: on the
/// way of a projected gradient both parts are large.
PositivePart positive_part(const SquareMatrix& A);

/// A number that the largest eigenvalue of the symmetric H does not exceed: what a certificate may rest on, where a
/// Ritz value may not (it never exceeds the largest eigenvalue and so proves nothing). It lies above that eigenvalue by
/// 8 d u |H|_F for rounding, u = 2^-53. Up to 512 rows by a dense decomposition; beyond, a Lanczos estimate t, raised
/// until the Cholesky factor of tI - H exists.
double largest_eigenvalue_bound(const SquareMatrix& H);

}  // namespace maha
