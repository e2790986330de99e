#include "neighbors/rotation.hpp"

#include <Eigen/Dense>
#include <cmath>

#include "neighbors/bounds.hpp"

namespace maha {
namespace {

constexpr Index kSample = 1000;
constexpr Index kCoarseWidth = 32;     // the last one is the residual norm, if there is one
constexpr Index kFineWidth = 96;       // six cache lines
constexpr Index kTile = 128;           // rows mapped at a time
constexpr Index kDenseSpectrum = 128;  // up to this many columns all axes are computed
constexpr int kPowerSteps = 2;

using FloatSquare = Eigen::MatrixXf;

/// The sample: every (n / size)-th row.
Matrix sample_rows(const MatrixRef& X) {
  const Index size = std::min(X.rows(), kSample);
  Matrix sample(size, X.cols());
  for (Index i = 0; i < size; ++i) sample.row(i) = X.row(i * X.rows() / size);
  return sample;
}

template <class Square>
Square orthonormal(const Square& Y) {
  return Eigen::HouseholderQR<Square>(Y).householderQ() * Square::Identity(Y.rows(), Y.cols());
}

/// The eigenvectors of symmetric S, largest eigenvalue first.
SquareMatrix eigenvectors(const SquareMatrix& S) {
  return Eigen::SelfAdjointEigenSolver<SquareMatrix>(S).eigenvectors().rowwise().reverse();
}

/// About the p leading right singular vectors of the centred sample Z. They need not be accurate: any orthonormal
/// basis gives a true bound, a better one a sharper. Subspace iteration in float32, started from p of the rows.
SquareMatrix leading_axes(const Matrix& Z, Index p) {
  if (Z.cols() <= kDenseSpectrum) return eigenvectors(Z.transpose() * Z).leftCols(p);
  const double largest = Z.cwiseAbs().maxCoeff();
  const FloatSquare F = (Z * (largest > 0 ? 1 / largest : 1.0)).cast<float>();
  FloatSquare Q(Z.cols(), p);
  for (Index j = 0; j < p; ++j) Q.col(j) = F.row(j * F.rows() / p).transpose();
  for (int step = 0; step < kPowerSteps; ++step) {
    const FloatSquare FQ = F * orthonormal(Q);
    Q.noalias() = F.transpose() * FQ;
  }
  const SquareMatrix basis = orthonormal(SquareMatrix(Q.cast<double>()));
  const FloatSquare FQ = F * basis.cast<float>();
  return basis * eigenvectors((FQ.transpose() * FQ).cast<double>());
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
  coarse_axes_ = d <= kCoarseWidth ? d : kCoarseWidth - 1;
  fine_axes_ = std::max(coarse_axes_, std::min(d <= kFineWidth ? d : kFineWidth - 1, sample.rows()));
  SquareMatrix axes = SquareMatrix::Identity(d, fine_axes_);  // with fewer rows than axes any basis will do
  if (fine_axes_ == d || sample.rows() >= fine_axes_) axes = leading_axes(sample, fine_axes_);
  if (!axes.allFinite()) axes.setIdentity();
  project_ = Projection(axes);
  usable_ = true;
}

MappedRows Rotation::map(const MatrixRef& rows, const Threads& threads) const {
  const Index n = rows.rows();
  const Index fine_width = has_fine() ? (fine_axes_ + (fine_axes_ < dims() ? 1 : 0) + 15) / 16 * 16 : 0;
  MappedRows mapped{Matrix(n, coarse_width()), FloatMatrix::Zero(n, fine_width), Vector(n), Vector(n), Vector::Zero(n)};
  threads.for_ranges(n, kTile, [&](Index begin, Index end) { map_tile(rows, begin, end, mapped); });
  return mapped;
}

namespace {

/// The norm of what the axes leave out: sqrt(|z|^2 - |V'z|^2), and how far off it can be. Its square is computed with
/// an error of at most s |z|^2, and |a - b| = |a^2 - b^2| / (a + b) <= sqrt|a^2 - b^2|.
struct Residual {
  double norm, error;

  Residual(double whole, double part, double axis_error, Index d) : norm(std::sqrt(std::max(0.0, whole - part))) {
    const double s = 2 * gamma64(2 * d + 16) + 2.01 * axis_error * (1 + axis_error) * (1 + axis_error);
    const double square = s * whole;
    error = 1.01 * (norm * norm > square ? square / norm : std::sqrt(square)) + 4 * kUnit64 * norm;
  }
};

}  // namespace

void Rotation::map_tile(const MatrixRef& rows, Index begin, Index end, MappedRows& mapped) const {
  const Index d = dims();
  const Matrix Z = (rows.middleRows(begin, end - begin).rowwise() - centre_) * scale_;
  const Matrix A = project_(Z);
  for (Index i = begin; i < end; ++i) {
    const auto a = A.row(i - begin);
    const double whole = Z.row(i - begin).squaredNorm(), norm = std::sqrt(whole);
    const double axes = (project_.error() + 8 * kUnit64) * norm;  // the subtraction of the centre is in the 8 u
    mapped.norm[i] = norm;
    mapped.coarse.row(i).head(coarse_axes_) = a.head(coarse_axes_);
    mapped.coarse_error[i] = axes + kUnderflow32;
    if (coarse_axes_ < d) {
      const Residual rest(whole, a.head(coarse_axes_).squaredNorm(), project_.error(), d);
      mapped.coarse(i, coarse_axes_) = rest.norm;
      mapped.coarse_error[i] += rest.error;
    }
    if (!has_fine()) continue;
    mapped.fine.row(i).head(fine_axes_) = a.cast<float>();
    mapped.fine_error[i] = axes + 1.01 * kUnit32 * norm * (1 + project_.error()) + kUnderflow32;
    if (fine_axes_ < d) {
      const Residual rest(whole, a.squaredNorm(), project_.error(), d);
      mapped.fine(i, fine_axes_) = static_cast<float>(rest.norm);
      mapped.fine_error[i] += rest.error;
    }
  }
}

}  // namespace maha
