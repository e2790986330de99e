#include "linalg/distances.hpp"

namespace maha::linalg {

Matrix squared_distances(const MatrixRef& A, const Vector& a, const MatrixRef& B, const Vector& b) {
  Matrix D = -2 * A * B.transpose();
  D.rowwise() += b.transpose();
  D.colwise() += a;
  return D.cwiseMax(0.0);
}

}  // namespace maha::linalg
