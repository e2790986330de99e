#pragma once

#include "core/types.hpp"
#include "linalg/rounding.hpp"

namespace maha {

/// sqrt(M_ii), and 1 where M_ii <= 0: dividing rows and columns by it gives M a unit diagonal, so that judging its
/// spectrum no longer depends on the units of the features.
Vector diagonal_scale(const SquareMatrix& M);

/// M = L'L for a symmetric M, judged after scaling M to a unit diagonal.
struct PsdFactor {
  Matrix L;                       ///< r x d
  double lowest = 0;              ///< the least eigenvalue of the scaled M over its largest; 0 unless it is negative
  Index lowest_at = 0;            ///< the row with the largest part in its eigenvector
  bool positive_definite = true;  ///< L is upper triangular, r = d
};

/// Where M is positive definite, L is its upper Cholesky factor (M = I gives L = I exactly). Else L spans the positive
/// part of the spectrum of D^-1 M D^-1, D = diagonal_scale(M), eigenvalues above rank_tolerance(d) times the largest
/// one: rows sqrt(lambda) v' D, the largest eigenvalue first, and r = rank, 0 for M = 0. Negative eigenvalues are left
/// out, and `lowest` says how negative. Only the lower triangle of M is read. Cost: d^3/3, or an eigendecomposition.
PsdFactor factor_psd(const SquareMatrix& M);

/// The inverse of a positive semidefinite S, or a generalised one.
struct PsdInverse {
  SquareMatrix inverse;  ///< symmetric, d x d
  Index rank = 0;
  Vector lost;  ///< d: the part of each coordinate in the null space of D^-1 S D^-1, in [0, 1]; all 0 if rank = d
};

/// With D = diagonal_scale(S) and R = D^-1 S D^-1 (the correlations, if S is a covariance): D^-1 R^+ D^-1. Eigenvalues
/// of R up to rank_tolerance(d) times its largest are left out of R^+, so that units do not decide the rank, which
/// those of S would; S G S = S holds, so on the range of S the distances are those of any other generalised inverse. A
/// coordinate with S_ii <= 0 gets a zero row. Only the lower triangle of S is read. Cost: d^3, or an
/// eigendecomposition.
PsdInverse invert_psd(const SquareMatrix& S);

/// The eigenvectors of a covariance as principal axes.
struct PrincipalAxes {
  Matrix axes;  ///< d x d: an axis a row, that of the largest variance first; the largest entry of each is positive
  Vector variances;   ///< d, descending: the variance along each axis
  Index varying = 0;  ///< how many of them are more than rounding, by rank_tolerance(d)
};

/// Only the lower triangle of S is read. Cost: about 9 d^3.
PrincipalAxes principal_axes(const SquareMatrix& S);

}  // namespace maha
