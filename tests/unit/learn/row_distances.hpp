#pragma once

#include "core/types.hpp"
#include "learn/fit.hpp"

namespace maha::test {

/// n x n: the distances of the rows Z.
inline SquareMatrix row_distances(const Matrix& Z) {
  SquareMatrix D(Z.rows(), Z.rows());
  for (Index i = 0; i < Z.rows(); ++i) D.col(i) = (Z.rowwise() - Z.row(i)).rowwise().norm();
  return D;
}

/// Those of the rows X under what was learned.
inline SquareMatrix row_distances(const learn::Fit& fit, const Matrix& X) {
  return row_distances(fit.linear().transform(X));
}

/// How far the distances of the rows B under b are from those of A under a, relative to the largest of these.
inline double largest_change(const learn::Fit& a, const Matrix& A, const learn::Fit& b, const Matrix& B) {
  const SquareMatrix D = row_distances(a, A);
  return (row_distances(b, B) - D).cwiseAbs().maxCoeff() / D.maxCoeff();
}

}  // namespace maha::test
