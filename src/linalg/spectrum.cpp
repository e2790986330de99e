#include "linalg/spectrum.hpp"

#include <Spectra/MatOp/DenseSymMatProd.h>
#include <Spectra/SymEigsSolver.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>

namespace maha {
namespace {

constexpr Index kDense = 512;
constexpr double kRounding = std::numeric_limits<double>::epsilon() / 2;

/// The largest Ritz value that a modest number of Lanczos steps finds, from a fixed start; the largest diagonal entry,
/// which is no larger than the largest eigenvalue either, where they find none.
double lanczos_estimate(const SquareMatrix& H) {
  Spectra::DenseSymMatProd<double> product(H);
  Spectra::SymEigsSolver<Spectra::DenseSymMatProd<double>> solver(product, 1, std::min<Index>(H.rows(), 30));
  const Vector start = Vector::LinSpaced(H.rows(), 1, 2);
  solver.init(start.data());
  const auto found = solver.compute(Spectra::SortRule::LargestAlge, 300, 1e-9);
  return found == 1 ? solver.eigenvalues()(0) : H.diagonal().maxCoeff();
}

bool exceeds_spectrum(double t, const SquareMatrix& H) {
  SquareMatrix difference = -H;
  difference.diagonal().array() += t;
  return Eigen::LLT<Eigen::Ref<SquareMatrix>>(difference).info() == Eigen::Success;
}

}  // namespace

PositivePart positive_part(const SquareMatrix& A) {
  const Index d = A.rows();
  if (d == 0) return {};
  const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(A);
  const Vector& lambda = eigen.eigenvalues();  // ascending
  const double zero = static_cast<double>(d) * kRounding * lambda.cwiseAbs().maxCoeff();
  const Index rank = (lambda.array() > zero).count();
  PositivePart part;
  part.roots = lambda.tail(rank).reverse().cwiseSqrt();
  part.vectors = eigen.eigenvectors().rightCols(rank).rowwise().reverse();
  return part;
}

double largest_eigenvalue_bound(const SquareMatrix& H) {
  const double rounding = 8 * static_cast<double>(H.rows()) * kRounding * H.norm();
  if (H.rows() <= kDense) {
    return Eigen::SelfAdjointEigenSolver<SquareMatrix>(H, Eigen::EigenvaluesOnly).eigenvalues().tail(1)(0) + rounding;
  }
  const double estimate = lanczos_estimate(H);
  double step = 1e-9 * std::abs(estimate) + rounding;
  while (!exceeds_spectrum(estimate + step, H)) step *= 4;
  return estimate + step + rounding;
}

}  // namespace maha
