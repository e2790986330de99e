#pragma once
/// Eigenpairs, Cholesky and QR factors. Eigen's templates for them are slow to compile, so they are instantiated here
/// only.

#include <optional>

#include "core/types.hpp"

namespace maha::linalg {

/// A = V diag(values) V' of a symmetric A.
struct Eigenpairs {
  Vector values;         ///< d, ascending
  SquareMatrix vectors;  ///< V, d x d, orthonormal columns
};

/// Only the lower triangle of A is read. Cost: about 9 d^3.
Eigenpairs eigenpairs(const SquareMatrix& A);

/// The eigenvalues alone, ascending. Only the lower triangle of A is read. Cost: 4/3 d^3.
Vector eigenvalues(const SquareMatrix& A);

/// The eigenpairs of a tridiagonal matrix: m diagonal entries, m - 1 beside the diagonal.
Eigenpairs tridiagonal_eigenpairs(const Vector& diagonal, const Vector& beside);

/// A = L L'.
struct CholeskyFactor {
  SquareMatrix L;    ///< d x d, lower triangular
  double rcond = 0;  ///< an estimate of 1 / (|A| |A^-1|) in the 1-norm
};

/// The Cholesky factor of a symmetric A, or nothing where a pivot is not positive. Only the lower triangle of A is
/// read. Cost: d^3/3.
std::optional<CholeskyFactor> cholesky(const SquareMatrix& A);

/// Whether the symmetric A is positive definite in floating point: it has a Cholesky factor. A is overwritten.
bool is_positive_definite(SquareMatrix&& A);

/// L^-1 B for a lower triangular L (d x d); B: d x m.
SquareMatrix solve_lower(const SquareMatrix& L, SquareMatrix B);

/// A^-1 B for the A of the factor; B: d x m.
SquareMatrix solve(const CholeskyFactor& factor, SquareMatrix B);

/// An orthonormal basis, d x p, of the span of the p <= d columns of Y: the Q of a Householder QR. Where Y is rank
/// deficient, it spans more than Y does.
SquareMatrix orthonormal(const SquareMatrix& Y);
Eigen::MatrixXf orthonormal(const Eigen::MatrixXf& Y);

/// The nonzero rows of R P', r x p with r the rank, from a QR factorisation with column pivoting, Y P = Q R.
/// A pivot counts as zero if it is at most `zero` times the largest.
SquareMatrix pivoted_triangle(const SquareMatrix& Y, double zero);

/// The X of least norm that minimises |A X - B|. A: d x r, B: d x m, X: r x m.
SquareMatrix least_squares(const SquareMatrix& A, const SquareMatrix& B);

}  // namespace maha::linalg
