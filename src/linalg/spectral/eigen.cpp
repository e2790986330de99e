#include "linalg/spectral/eigen.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>

namespace maha::linalg {

Eigenpairs eigenpairs(const SquareMatrix& A) {
  if (A.rows() == 0) return {};
  const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(A);
  return {eigen.eigenvalues(), eigen.eigenvectors()};
}

Vector eigenvalues(const SquareMatrix& A) {
  if (A.rows() == 0) return {};
  return Eigen::SelfAdjointEigenSolver<SquareMatrix>(A, Eigen::EigenvaluesOnly).eigenvalues();
}

Eigenpairs tridiagonal_eigenpairs(const Vector& diagonal, const Vector& beside) {
  Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen;
  eigen.computeFromTridiagonal(diagonal, beside);
  return {eigen.eigenvalues(), eigen.eigenvectors()};
}

std::optional<CholeskyFactor> cholesky(const SquareMatrix& A) {
  const Eigen::LLT<SquareMatrix> factor(A);
  if (factor.info() != Eigen::Success) return std::nullopt;
  return CholeskyFactor{factor.matrixL(), factor.rcond()};
}

bool is_positive_definite(SquareMatrix&& A) { return Eigen::LLT<Eigen::Ref<SquareMatrix>>(A).info() == Eigen::Success; }

SquareMatrix solve_lower(const SquareMatrix& L, SquareMatrix B) {
  L.triangularView<Eigen::Lower>().solveInPlace(B);
  return B;
}

SquareMatrix solve(const CholeskyFactor& factor, SquareMatrix B) {
  factor.L.triangularView<Eigen::Lower>().solveInPlace(B);
  factor.L.transpose().triangularView<Eigen::Upper>().solveInPlace(B);
  return B;
}

SquareMatrix orthonormal(const SquareMatrix& Y) {
  return Eigen::HouseholderQR<SquareMatrix>(Y).householderQ() * SquareMatrix::Identity(Y.rows(), Y.cols());
}

Eigen::MatrixXf orthonormal(const Eigen::MatrixXf& Y) {
  return Eigen::HouseholderQR<Eigen::MatrixXf>(Y).householderQ() * Eigen::MatrixXf::Identity(Y.rows(), Y.cols());
}

SquareMatrix pivoted_triangle(const SquareMatrix& Y, double zero) {
  Eigen::ColPivHouseholderQR<SquareMatrix> qr(Y.rows(), Y.cols());
  qr.setThreshold(zero);
  qr.compute(Y);
  const SquareMatrix R = qr.matrixQR().topRows(qr.rank()).triangularView<Eigen::Upper>();
  return R * qr.colsPermutation().transpose();
}

SquareMatrix least_squares(const SquareMatrix& A, const SquareMatrix& B) {
  return A.completeOrthogonalDecomposition().solve(B);
}

}  // namespace maha::linalg
