#pragma once
/// The parts of a spectrum that learners need.

#include "core/types.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::linalg {

/// The positive part of a symmetric A: V diag(root^2) V' is the positive semidefinite matrix nearest to A.
struct PositivePart {
  Vector roots;          ///< r: square roots of the positive eigenvalues, largest first
  SquareMatrix vectors;  ///< d x r
};

/// Only the lower triangle of A is read. Eigenvalues that rounding cannot tell from 0 count as 0. Where only about
/// `rank_guess` of them should be positive, a few more than twice as many Lanczos steps are tried, from a fixed start.
/// Their result is taken if the residuals are down to rounding and a Cholesky factor proves that no positive eigenvalue
/// was missed; otherwise a dense eigendecomposition follows. Cost: d^3, or d^2 times the rank.
PositivePart positive_part(const SquareMatrix& A, Index rank_guess);
inline PositivePart positive_part(const SquareMatrix& A) { return positive_part(A, A.rows()); }

/// The `count` largest eigenvalues of the symmetric A, ascending, with their eigenvectors (d x count). Of more than 512
/// rows, where count is small beside them, they come from Lanczos steps from a fixed start. These are taken if their
/// residuals are down to rounding and a Cholesky factor proves that no larger eigenvalue was missed; otherwise a dense
/// eigendecomposition follows. Cost: 9 d^3, or d^2 times some count.
Eigenpairs leading_eigenpairs(const SquareMatrix& A, Index count);

/// An upper bound on the largest eigenvalue of the symmetric H, fit for a certificate. (A Ritz value is not: it never
/// exceeds the largest eigenvalue and so proves nothing.) It includes 8 d u |H|_F for rounding, u = 2^-53. Up to 512
/// rows it comes from a dense decomposition; beyond, from a Lanczos estimate t, raised until tI - H has a Cholesky
/// factor.
double largest_eigenvalue_bound(const SquareMatrix& H);

}  // namespace maha::linalg
