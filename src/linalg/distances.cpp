#include "linalg/distances.hpp"

namespace maha::linalg {
namespace {

constexpr double kCancelled = 1e-2;  // the share of |a|^2 + |b|^2 below which |a - b|^2 has lost two digits

}  // namespace

Matrix squared_distances(const MatrixRef& A, const Vector& a, const MatrixRef& B, const Vector& b) {
  Matrix D = -2 * A * B.transpose();
  D.rowwise() += b.transpose();
  D.colwise() += a;
  return D.cwiseMax(0.0);
}

Matrix careful_squared_distances(const MatrixRef& A, const Vector& a, const MatrixRef& B, const Vector& b) {
  Matrix D = squared_distances(A, a, B, b);
  for (Index i = 0; i < D.rows(); ++i) {
    for (Index j = 0; j < D.cols(); ++j) {
      if (!(D(i, j) > kCancelled * (a(i) + b(j)))) D(i, j) = (A.row(i) - B.row(j)).squaredNorm();
    }
  }
  return D;
}

}  // namespace maha::linalg
