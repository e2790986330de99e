#pragma once
/// Spectra of fewer rows than features. All of them come from the n x n matrix of the rows' inner products, so that the
/// cost is n^2 d + n^3 and no d x d matrix is formed.

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "linalg/spectral/psd.hpp"

namespace maha::linalg {

/// H, (n - C) x d, with H'H the scatter of the rows X (n x d) about the means of their C groups 0, 1, ...; without
/// groups all rows are one. Its rows are
///   h_k = sqrt(k / (k + 1)) (x_{k+1} - mean of x_1 ... x_k)
/// over the rows of a group, the terms of the recurrence of Welford, Technometrics 4:419-420, 1962. An offset costs no
/// digits, and a column that is constant within groups is exactly 0.
Matrix scatter_rows(const MatrixRef& X, const Labels& groups = {});

/// H H', m x m.
SquareMatrix gram(const Matrix& H, const Threads& threads);

/// The generalised inverse that invert_psd(H'H) gives, as L'L.
struct FactoredInverse {
  Matrix L;        ///< rank x d
  Index rank = 0;  ///< of R, the scatter scaled to unit diagonal
  Vector lost;     ///< d: how much of each coordinate lies in the null space of R, in [0, 1]
};

/// H: m x d with m <= d. With W = H D^-1 of unit columns, R = W'W, and K = W W' of the same nonzero eigenvalues,
///   R^+ = W' (K^+)^2 W,  L = K^+ W D^-1,
/// by a Cholesky factor of K if its condition allows, else from its eigenpairs above rank_tolerance(d) times the
/// largest. A column of zeros stays one. Cost: m^2 d, and m^3/3 or an eigendecomposition.
FactoredInverse invert_scatter(const Matrix& H, const Threads& threads);

/// The leading principal axes of the rows H, m x d, about 0: the eigenvectors of H'H with the `count` largest
/// eigenvalues, but only those that are more than rounding, as principal_axes() would have them. For few axes of many
/// rows, K = H H' is not decomposed (leading_eigenpairs). Cost: m^2 d, and an eigendecomposition of size m.
PrincipalAxes principal_axes_of_rows(const Matrix& H, Index count, const Threads& threads);

}  // namespace maha::linalg
