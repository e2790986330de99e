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

}  // namespace maha::test
