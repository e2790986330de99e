#include "linalg/spectral/joint_axes.hpp"

#include <algorithm>

#include "linalg/spectral/psd.hpp"

namespace maha::linalg {

JointAxes joint_axes(const SquareMatrix& A, const SquareMatrix& B) {
  // 1. W, in whose coordinates A + B is the identity.
  const Matrix W = A.rows() > 0 ? whitening(scaled_axes(A + B)) : Matrix(0, 0);
  if (W.rows() == 0) return {Matrix(0, A.cols()), Vector(0), Vector(0)};

  // 2. There the eigenvectors of A are those of B.
  JointAxes found{principal_axes(W * A * W.transpose()).axes * W, {}, {}};
  const Matrix& V = found.axes;
  found.first = (V * A).cwiseProduct(V).rowwise().sum().cwiseMax(0);
  found.second = (V * B).cwiseProduct(V).rowwise().sum().cwiseMax(0);
  return found;
}

double generalized_residual(const SquareMatrix& A, const SquareMatrix& B, const Matrix& V, const Vector& lambda) {
  double largest = 0;
  for (Index k = 0; k < V.rows(); ++k) {
    const Vector right = lambda[k] * (B * V.row(k).transpose());
    largest = std::max(largest, (A * V.row(k).transpose() - right).norm() / right.norm());
  }
  return largest;
}

}  // namespace maha::linalg
