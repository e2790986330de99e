#include "metric/spectrum.hpp"

#include <algorithm>
#include <functional>

#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"

namespace maha::metric {
namespace {

Vector descending_eigenvalues(const SquareMatrix& A) { return linalg::eigenvalues(A).reverse().cwiseMax(0); }

/// The smaller of L L' and L'L, which have the same nonzero eigenvalues.
SquareMatrix gram(const Matrix& L) {
  if (L.rows() <= L.cols()) return L * L.transpose();
  return L.transpose() * L;
}

}  // namespace

Index numerical_rank(const Metric& metric) {
  if (metric.form() != Metric::Form::factor) return metric.rank();
  Matrix L = metric.factor();
  if (L.rows() == 0) return 0;
  L /= linalg::unit_of(L.cwiseAbs().maxCoeff());
  for (Index j = 0; j < L.cols(); ++j) {
    const double norm = L.col(j).norm();
    if (norm > 0) L.col(j) /= norm;
  }
  const Vector eigenvalues = descending_eigenvalues(gram(L));
  const double least = eigenvalues.size() > 0 ? linalg::rank_tolerance(L.cols()) * eigenvalues[0] : 0;
  return (eigenvalues.array() > least).count();
}

Vector spectrum(const Metric& metric) {
  const Index count = numerical_rank(metric);
  if (count == 0) return Vector();
  if (metric.form() == Metric::Form::weights) {
    Vector w = metric.diagonal();
    std::sort(w.begin(), w.end(), std::greater<>());
    return w.head(count);
  }
  metric.diagonal();  // throws where M underflows
  if (metric.form() == Metric::Form::matrix) return descending_eigenvalues(metric.matrix()).head(count);
  return descending_eigenvalues(gram(metric.factor())).head(count);
}

}  // namespace maha::metric
