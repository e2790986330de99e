#include "neighbors/rotation.hpp"

#include <Eigen/Dense>
#include <cmath>

#include "neighbors/bounds.hpp"

namespace maha {
namespace {

constexpr Index kSample = 2000;
constexpr Index kCoarseAxes = 32;
constexpr Index kFineAxes = 96;
constexpr Index kTile = 128;           // rows mapped at a time
constexpr Index kDenseSpectrum = 128;  // up to this many columns all axes are computed
constexpr int kPowerSteps = 2;

/// The sample: every (n / size)-th row.
Matrix sample_rows(const MatrixRef& X) {
  const Index size = std::min(X.rows(), kSample);
  Matrix sample(size, X.cols());
  for (Index i = 0; i < size; ++i) sample.row(i) = X.row(i * X.rows() / size);
  return sample;
}

SquareMatrix orthonormal(const SquareMatrix& Y) {
  return Eigen::HouseholderQR<SquareMatrix>(Y).householderQ() * SquareMatrix::Identity(Y.rows(), Y.cols());
}

/// The eigenvectors of symmetric S, largest eigenvalue first.
SquareMatrix eigenvectors(const SquareMatrix& S) {
  return Eigen::SelfAdjointEigenSolver<SquareMatrix>(S).eigenvectors().rowwise().reverse();
}

/// About the p leading right singular vectors of the centred sample Z. They need not be accurate: any orthonormal
/// basis gives a true bound, a better one a sharper. Subspace iteration, started from p of the rows.
SquareMatrix leading_axes(const Matrix& Z, Index p) {
  if (Z.cols() <= kDenseSpectrum) return eigenvectors(Z.transpose() * Z).leftCols(p);
  SquareMatrix Y(Z.cols(), p);
  for (Index j = 0; j < p; ++j) Y.col(j) = Z.row(j * Z.rows() / p).transpose();
  SquareMatrix Q = orthonormal(Y);
  for (int step = 0; step < kPowerSteps; ++step) {
    const SquareMatrix ZQ = Z * Q;
    Q = orthonormal(Z.transpose() * ZQ);
  }
  const SquareMatrix ZQ = Z * Q;
  return Q * eigenvectors(ZQ.transpose() * ZQ);
}

}  // namespace

Rotation::Rotation(const MatrixRef& X, double largest) {
  const Index d = X.cols();
  Matrix sample = sample_rows(X);
  centre_ = sample.colwise().sum() / static_cast<double>(sample.rows());
  const double widest = (largest + centre_.cwiseAbs().maxCoeff()) * std::sqrt(static_cast<double>(d));
  if (!std::isfinite(widest)) return;
  // |z| <= 1: scale * widest <= 1 with scale a power of two.
  scale_ = widest > 0 ? std::ldexp(1.0, std::clamp(-std::ilogb(widest) - 1, -1000, 1000)) : 1.0;
  sample = (sample.rowwise() - centre_) * scale_;
  coarse_axes_ = std::min(d, kCoarseAxes);
  fine_axes_ = std::max(coarse_axes_, std::min({d, kFineAxes, sample.rows()}));
  if (fine_axes_ == d || sample.rows() >= fine_axes_) {
    axes_ = leading_axes(sample, fine_axes_);
  } else {  // fewer rows than axes: any basis will do
    axes_ = SquareMatrix::Identity(d, fine_axes_);
  }
  if (!axes_.allFinite()) axes_ = SquareMatrix::Identity(d, fine_axes_);
  set_errors();
  usable_ = true;
}

/// V'V = I + D with |D| <= eta (measured, plus the rounding of measuring it). The exactly orthonormal G = V(V'V)^-1/2
/// has |V - G| <= eta, and alpha is meant with G. A computed V'z differs from G'z by at most axis |z|. The square of
/// the residual norm is computed as |z|^2 - |V'z|^2, with an error of at most square |z|^2, and |a - b|^2 <= |a^2 -
/// b^2| bounds that of the norm itself.
void Rotation::set_errors() {
  const Index d = dims(), p = fine_axes_;
  const double eta = (axes_.transpose() * axes_ - SquareMatrix::Identity(p, p)).norm() * (1 + 1e-6) +
                     gamma64(d + 2) * static_cast<double>(p) * 1.01;
  const double axis = eta + 2 * std::sqrt(static_cast<double>(p)) * gamma64(d + 8);
  const double square = 2 * gamma64(d + p + 16) + 2 * axis * (1 + axis) * (1 + axis) + axis * axis;
  const double residual = std::sqrt(square) * 1.01;
  const double subtraction = 4 * kUnit64;
  coarse_error_ = axis + subtraction + (coarse_axes_ < d ? residual : 0.0);
  fine_error_ = axis + subtraction + (fine_axes_ < d ? residual : 0.0);
}

MappedRows Rotation::map(const MatrixRef& rows, const Threads& threads) const {
  const Index n = rows.rows();
  const Index fine_width = has_fine() ? (fine_axes_ + (fine_axes_ < dims() ? 1 : 0) + 15) / 16 * 16 : 0;
  MappedRows mapped{Matrix(n, coarse_width()), FloatMatrix::Zero(n, fine_width), Vector(n)};
  threads.for_ranges(n, kTile, [&](Index begin, Index end) { map_tile(rows, begin, end, mapped); });
  return mapped;
}

void Rotation::map_tile(const MatrixRef& rows, Index begin, Index end, MappedRows& mapped) const {
  const Index count = end - begin, d = dims();
  const Matrix Z = (rows.middleRows(begin, count).rowwise() - centre_) * scale_;
  const Matrix A = Z * axes_;
  const auto residual = [](double whole, double part) { return std::sqrt(std::max(0.0, whole - part)); };
  for (Index i = 0; i < count; ++i) {
    const double whole = Z.row(i).squaredNorm();
    mapped.norm[begin + i] = std::sqrt(whole);
    const auto coarse = A.row(i).head(coarse_axes_);
    mapped.coarse.row(begin + i).head(coarse_axes_) = coarse;
    if (coarse_axes_ < d) mapped.coarse(begin + i, coarse_axes_) = residual(whole, coarse.squaredNorm());
    if (!has_fine()) continue;
    mapped.fine.row(begin + i).head(fine_axes_) = A.row(i).cast<float>();
    if (fine_axes_ < d) {
      mapped.fine(begin + i, fine_axes_) = static_cast<float>(residual(whole, A.row(i).squaredNorm()));
    }
  }
}

}  // namespace maha
