#pragma once

#include "core/types.hpp"

namespace maha::test {

/// Of the columns of X, divisor n.
inline SquareMatrix covariance(const Matrix& X) {
  const Matrix Y = X.rowwise() - X.colwise().mean();
  return Y.transpose() * Y / static_cast<double>(X.rows());
}

}  // namespace maha::test
