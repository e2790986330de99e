#include "metric/spectrum.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <functional>

namespace maha {
namespace {

Vector descending_eigenvalues(const SquareMatrix& A) {
  const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(A, Eigen::EigenvaluesOnly);
  return eigen.eigenvalues().reverse().cwiseMax(0);
}

}  // namespace

Vector spectrum(const Metric& metric) {
  const Index count = std::min(metric.rank(), metric.dims());
  if (count == 0) return Vector();
  if (metric.form() == Metric::Form::weights) {
    Vector w = metric.diagonal();
    std::sort(w.begin(), w.end(), std::greater<>());
    return w.head(count);
  }
  if (metric.form() == Metric::Form::matrix) return descending_eigenvalues(metric.matrix()).head(count);
  const Matrix L = metric.factor();
  if (L.rows() <= L.cols()) return descending_eigenvalues(L * L.transpose());
  return descending_eigenvalues(L.transpose() * L);
}

}  // namespace maha
