#include "learn/rfm/space.hpp"

#include <cmath>

#include "linalg/spectral/few_rows.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/tiled_product.hpp"

namespace maha::learn::rfm {
namespace {

constexpr Index kRowsOfProduct = 256;  // a tile; another number changes last bits

}  // namespace

Space::Space(const MatrixRef& X, double unit, bool diagonal, const Threads& threads) : U_(X / unit) {
  const Index d = X.cols();
  const bool few = X.rows() <= d && !diagonal;
  U_.rowwise() -= RowVector(U_.row(0));  // so that a constant feature is 0, to the last bit
  const RowVector mean = U_.colwise().mean();
  if (diagonal) {
    weights_ = Vector::Ones(d);
  } else if (few) {
    const Matrix H = linalg::scatter_rows(U_);
    L_ = linalg::principal_axes_of_rows(H, H.rows(), threads).axes;
  } else {
    L_ = Matrix::Identity(d, d);
  }
  U_.rowwise() -= mean;
  if (few) U_ = linalg::tiled_product(U_, L_.transpose(), kRowsOfProduct, threads);
}

Space Space::with_rows(const std::vector<Index>& rows) const {
  Space some = *this;
  some.U_ = U_(rows, Eigen::all);
  return some;
}

void Space::advance(const SquareMatrix& S, const Threads& threads) {
  Matrix C = linalg::factor_psd(S / S.trace()).L;
  L_ = Matrix(C * L_);
  const double scale = std::sqrt(static_cast<double>(L_.cols())) / L_.norm();
  L_ *= scale;
  U_ = linalg::tiled_product(U_, scale * C.transpose(), kRowsOfProduct, threads);
}

void Space::advance(const Vector& S) {
  Vector roots = (S / S.sum()).cwiseSqrt();
  roots *= std::sqrt(static_cast<double>(roots.size())) / weights_.cwiseProduct(roots).norm();
  weights_ = weights_.cwiseProduct(roots);
  U_.array().rowwise() *= roots.transpose().array();
}

metric::Metric Space::metric() const {
  return diagonal() ? metric::Metric::from_weights(weights_.cwiseAbs2()) : metric::Metric::from_factor(L_);
}

}  // namespace maha::learn::rfm
