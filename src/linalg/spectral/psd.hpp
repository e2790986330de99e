#pragma once

#include "core/types.hpp"
#include "linalg/rounding.hpp"

namespace maha::linalg {

/// sqrt(M_ii), or 1 where M_ii <= 0. Dividing rows and columns by it gives M a unit diagonal, so that its spectrum no
/// longer depends on the units of the features.
Vector diagonal_scale(const SquareMatrix& M);

/// M = L'L for a symmetric M, whose rank is judged after scaling it to a unit diagonal.
struct PsdFactor {
  Matrix L;                       ///< r x d
  double lowest = 0;              ///< smallest eigenvalue of the scaled M over its largest, if negative; else 0
  Index lowest_at = 0;            ///< the row with the largest entry in that eigenvector
  bool positive_definite = true;  ///< L is upper triangular, r = d
};

/// Where M is positive definite, L is its upper Cholesky factor (M = I gives L = I exactly). Otherwise L has the rows
///   sqrt(lambda) v' D,  D = diagonal_scale(M),
/// over the eigenpairs of D^-1 M D^-1 whose lambda exceeds rank_tolerance(d) times the largest, largest first; r is the
/// rank, 0 for M = 0. Negative eigenvalues are dropped, and `lowest` says how negative they were. Only the lower
/// triangle of M is read. Cost: d^3/3, or an eigendecomposition.
PsdFactor factor_psd(const SquareMatrix& M);

/// The inverse of a positive semidefinite S, or a generalised one.
struct PsdInverse {
  SquareMatrix inverse;  ///< symmetric, d x d
  Index rank = 0;
  Vector lost;  ///< d: how much of each coordinate lies in the null space of D^-1 S D^-1, in [0, 1]; 0 if rank = d
};

/// G = D^-1 R^+ D^-1 with D = diagonal_scale(S) and R = D^-1 S D^-1 (the correlations, if S is a covariance). R^+
/// leaves out the eigenvalues of R up to rank_tolerance(d) times the largest. The rank is that of R, not of S, so that
/// units do not decide it. S G S = S, so that distances within the range of S are those of any generalised inverse. A
/// coordinate with S_ii <= 0 gets a zero row. Only the lower triangle of S is read. Cost: d^3, or an
/// eigendecomposition.
PsdInverse invert_psd(const SquareMatrix& S);

/// The eigenvectors of a covariance as principal axes.
struct PrincipalAxes {
  Matrix axes;        ///< r x d: one axis a row, largest variance first; the largest entry of each is positive
  Vector variances;   ///< r, descending: the variance along each axis
  Index varying = 0;  ///< how many of them are more than rounding, by rank_tolerance(d)
};

/// All r = d of them, or the leading r = count, at most d. Only the lower triangle of S is read. Cost: about 9 d^3, for
/// few axes of many features less (leading_eigenpairs).
PrincipalAxes principal_axes(const SquareMatrix& S);
PrincipalAxes principal_axes(const SquareMatrix& S, Index count);

/// max |S v - lambda v| / max |lambda| over the axes v and their variances lambda, given V S: the accuracy of the
/// eigensolver. 0 where every lambda is 0, or there is none.
double axes_residual(const Matrix& VS, const PrincipalAxes& all);

/// The principal axes of D^-1 S D^-1 (the correlations, if S is a covariance), whose rank does not depend on units.
struct ScaledAxes {
  PrincipalAxes axes;
  Vector scale;  ///< the diagonal of D: diagonal_scale(S)
};

/// The same cost.
ScaledAxes scaled_axes(const SquareMatrix& S);

/// The rows W, r x d, with W S W' = I for the S that these axes are of; r is its rank.
Matrix whitening(const ScaledAxes& axes);

/// Turns each axis, a row, so that its largest entry is positive.
void point_upwards(Matrix& axes);

}  // namespace maha::linalg
