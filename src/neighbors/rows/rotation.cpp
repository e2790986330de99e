#include "neighbors/rows/rotation.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "linalg/spectral/eigen.hpp"
#include "neighbors/rows/bounds.hpp"

namespace maha::neighbors {
namespace {

// These set how much a filter rules out and what it costs, but never the result.
constexpr Index kSample = 1000;        // rows from which the axes are found
constexpr Index kCoarseWidth = 32;     // coarse coordinates; the last one is the residual norm, if there is one
constexpr Index kWholeFine = 96;       // columns up to which the fine alpha leaves nothing out
constexpr Index kFineWidth = 48;       // fine coordinates otherwise
constexpr Index kTile = 128;           // rows mapped at a time
constexpr Index kDenseSpectrum = 128;  // columns up to which all axes are computed by a dense decomposition
constexpr int kPowerSteps = 1;         // of subspace iteration: rough axes will do
constexpr double kMostDeviations = 8;  // standard deviations within the range of a byte, if few coordinates are larger

using FloatSquare = Eigen::MatrixXf;

/// Writes z(x) to Z (float64 or float32); returns its squared norm before rounding to the type of Z.
template <class Scalar>
double centre_row(const double* x, const RowVector& centre, double scale, Scalar* z) {
  std::array<double, 8> lane{};
  const auto write = [&](Index c, std::size_t j) {
    const double difference = (x[c] - centre[c]) * scale;
    lane[j] += difference * difference;
    z[c] = static_cast<Scalar>(difference);
  };
  const Index d = centre.size();
  Index c = 0;
  for (; c + 8 <= d; c += 8) {
    for (std::size_t j = 0; j < 8; ++j) write(c + static_cast<Index>(j), j);
  }
  for (std::size_t j = 0; c < d; ++c, ++j) write(c, j);
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/// The places of a sample of rows: every (n / size)-th.
std::vector<Index> sample_places(Index n) {
  const Index size = std::min(n, kSample);
  std::vector<Index> places;
  for (Index i = 0; i < size; ++i) places.push_back(i * n / size);
  return places;
}

/// The eigenvectors of a symmetric S, largest eigenvalue first.
SquareMatrix eigenvectors(const SquareMatrix& S) { return linalg::eigenpairs(S).vectors.rowwise().reverse(); }

/// Approximately the p leading right singular vectors of the centred sample Z, by subspace iteration from p of its
/// rows. They need not be accurate: any orthonormal basis gives a valid bound, a better one a sharper bound.
SquareMatrix leading_axes(const LargeMatrix<float>& sample, Index p) {
  const auto Z = sample.view();
  if (Z.cols() <= kDenseSpectrum) {
    const SquareMatrix exact = Z.cast<double>();
    return eigenvectors(exact.transpose() * exact).leftCols(p);
  }
  FloatSquare Q(Z.cols(), p);
  for (Index j = 0; j < p; ++j) Q.col(j) = Z.row(j * Z.rows() / p).transpose();
  for (int step = 0; step < kPowerSteps; ++step) {
    const FloatSquare ZQ = Z * linalg::orthonormal(Q);
    Q.noalias() = Z.transpose() * ZQ;
  }
  const SquareMatrix basis = linalg::orthonormal(SquareMatrix(Q.cast<double>()));
  const FloatSquare ZQ = Z * basis.cast<float>();
  return basis * eigenvectors((ZQ.transpose() * ZQ).cast<double>());
}

/// The step for coordinates in bytes: the range covers the sample's largest one, or some deviations if few are larger.
double byte_step(const LargeMatrix<float>& sample) {
  const auto Z = sample.view();
  const double size = static_cast<double>(Z.size());
  const double deviation = std::sqrt(static_cast<double>(Z.squaredNorm()) / size);
  const double most = std::min(static_cast<double>(Z.cwiseAbs().maxCoeff()), kMostDeviations * deviation);
  return std::max(most / static_cast<double>(ByteRows::kMostSteps), 0x1p-60);
}

}  // namespace

Rotation::Rotation(const MatrixRef& X, double largest, const TileKernel& kernel) {
  const Index d = X.cols();
  const std::vector<Index> places = sample_places(X.rows());
  const auto size = static_cast<Index>(places.size());
  centre_ = RowVector::Zero(d);
  for (const Index i : places) centre_ += X.row(i);
  centre_ /= static_cast<double>(size);
  const double widest = (largest + centre_.cwiseAbs().maxCoeff()) * std::sqrt(static_cast<double>(d));
  if (!std::isfinite(widest) || d > ByteRows::kMostCoordinates) return;
  // |z| <= 1: scale * widest <= 1 with scale a power of two.
  scale_ = widest > 0 ? std::ldexp(1.0, std::clamp(-std::ilogb(widest) - 1, -1000, 1000)) : 1.0;
  LargeMatrix<float> sample(size, d);
  for (Index i = 0; i < size; ++i) {
    centre_row(X.data() + places[static_cast<std::size_t>(i)] * X.outerStride(), centre_, scale_, sample.row(i));
  }
  coarse_axes_ = d <= kCoarseWidth ? d : kCoarseWidth - 1;
  fine_axes_ = std::max(coarse_axes_, std::min(d <= kWholeFine ? d : kFineWidth - 1, size));
  SquareMatrix axes = SquareMatrix::Identity(d, fine_axes_);  // if there are fewer rows than axes, any basis will do
  if (fine_axes_ == d || size >= fine_axes_) axes = leading_axes(sample, fine_axes_);
  if (!axes.allFinite()) axes.setIdentity();
  project_ = Projection(axes, kernel);
  if (has_bytes()) byte_step_ = byte_step(sample);
  usable_ = true;
}

MappedRows Rotation::map(const MatrixRef& rows, const Threads& threads) const {
  const Index n = rows.rows();
  const Index fine_width = has_fine() ? (fine_axes_ + (fine_axes_ < dims() ? 1 : 0) + 15) / 16 * 16 : 0;
  MappedRows mapped{LargeMatrix<double>(n, coarse_width()),
                    LargeMatrix<float>(n, fine_width),
                    has_bytes() ? ByteRows(n, dims(), byte_step_) : ByteRows(),
                    Vector(n),
                    Vector(n),
                    Vector::Zero(n)};
  threads.for_ranges(n, kTile, [&](Index begin, Index end) { map_tile(rows, begin, end, mapped); });
  return mapped;
}

namespace {

/// The norm of what the axes leave out, sqrt(|z|^2 - |V'z|^2), and its error. Its square has an error of at most s
/// |z|^2, and |a - b| = |a^2 - b^2| / (a + b) <= sqrt|a^2 - b^2|.
struct Residual {
  double norm, error;

  Residual(double whole, double part, double axis_error, Index d) : norm(std::sqrt(std::max(0.0, whole - part))) {
    const double s = 2 * gamma64(2 * d + 16) + 2.01 * axis_error * (1 + axis_error) * (1 + axis_error);
    const double square = s * whole;
    error = 1.01 * (norm * norm > square ? square / norm : std::sqrt(square)) + 4 * kUnit64 * norm;
  }
};

}  // namespace

/// Coordinates along the axes, for the rows from `begin` on, one for each entry of squared (|z|^2).
Matrix Rotation::project(const MatrixRef& rows, Index begin, MappedRows& mapped, Vector& squared) const {
  const auto row = [&](Index i) { return rows.data() + (begin + i) * rows.outerStride(); };
  const Index count = squared.size(), d = dims();
  if (!project_.in_float32()) {
    Matrix Z(count, d);
    for (Index i = 0; i < count; ++i) squared[i] = centre_row(row(i), centre_, scale_, Z.data() + i * d);
    return project_(Z);
  }
  LargeMatrix<float> Z(count, project_.padded());
  for (Index i = 0; i < count; ++i) {
    squared[i] = centre_row(row(i), centre_, scale_, Z.row(i));
    if (has_bytes()) {
      mapped.bytes.set(begin + i, Z.row(i), d, (2 * kUnit32) * std::sqrt(squared[i]) + kUnderflow32);
    }
  }
  return project_(Z, count);
}

void Rotation::map_tile(const MatrixRef& rows, Index begin, Index end, MappedRows& mapped) const {
  const Index d = dims();
  Vector squared(end - begin);
  const Matrix A = project(rows, begin, mapped, squared);
  for (Index i = begin; i < end; ++i) {
    const auto a = A.row(i - begin);
    const double whole = squared[i - begin], norm = std::sqrt(whole);
    const double axes = (project_.error() + 8 * kUnit64) * norm;  // the 8 u include the subtraction of the centre
    mapped.norm[i] = norm;
    double* const coarse = mapped.coarse.row(i);
    std::copy_n(a.data(), coarse_axes_, coarse);
    mapped.coarse_error[i] = axes + kUnderflow32;
    if (coarse_axes_ < d) {
      const Residual rest(whole, a.head(coarse_axes_).squaredNorm(), project_.error(), d);
      coarse[coarse_axes_] = rest.norm;
      mapped.coarse_error[i] += rest.error;
    }
    if (!has_fine()) continue;
    float* const fine = mapped.fine.row(i);
    std::transform(a.data(), a.data() + fine_axes_, fine, [](double value) { return static_cast<float>(value); });
    mapped.fine_error[i] = axes + 1.01 * kUnit32 * norm * (1 + project_.error()) + kUnderflow32;
    if (fine_axes_ < d) {
      const Residual rest(whole, a.squaredNorm(), project_.error(), d);
      fine[fine_axes_] = static_cast<float>(rest.norm);
      mapped.fine_error[i] += rest.error;
    }
  }
}

}  // namespace maha::neighbors
