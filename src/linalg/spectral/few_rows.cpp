#include "linalg/spectral/few_rows.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "linalg/rounding.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "linalg/symmetric.hpp"

namespace maha::linalg {
namespace {

constexpr Index kRowTile = 128, kColumnTile = 256;  // other numbers change last bits

/// By a Cholesky factor K = C C': C^-1 W has columns as long as the part of their coordinate in the range of R, and
/// L = C^-T C^-1 W.
FactoredInverse invert_full(const SquareMatrix& C, const Matrix& W, const Threads& threads) {
  FactoredInverse result{Matrix(W.rows(), W.cols()), W.rows(), Vector(W.cols())};
  threads.for_ranges(W.cols(), kColumnTile, [&](Index begin, Index end) {
    SquareMatrix part = W.middleCols(begin, end - begin);
    C.triangularView<Eigen::Lower>().solveInPlace(part);
    result.lost.segment(begin, end - begin) = part.colwise().squaredNorm().transpose();
    C.transpose().triangularView<Eigen::Upper>().solveInPlace(part);
    result.L.middleCols(begin, end - begin) = part;
  });
  return result;
}

/// From the eigenpairs K = U diag(lambda) U' above the tolerance, largest first: with V' = lambda^-1/2 U' W the
/// eigenvectors of R, L = lambda^-1/2 V'.
FactoredInverse invert_singular(const SquareMatrix& K, const Matrix& W, double tolerance) {
  const Eigenpairs eigen = eigenpairs(K);
  const double cut = std::max(0.0, tolerance * eigen.values.tail(1)(0));
  FactoredInverse result;
  result.rank = (eigen.values.array() > cut).count();
  const Vector inverse = eigen.values.tail(result.rank).reverse().cwiseInverse();
  result.L = eigen.vectors.rightCols(result.rank).rowwise().reverse().transpose() * W;
  result.lost = (inverse.asDiagonal() * result.L.cwiseAbs2()).colwise().sum().transpose();
  result.L = inverse.asDiagonal() * result.L;
  return result;
}

}  // namespace

Matrix scatter_rows(const MatrixRef& X, const Labels& groups) {
  std::vector<Index> count;
  std::vector<RowVector> mean;
  Matrix H(X.rows(), X.cols());
  Index filled = 0;
  for (Index i = 0; i < X.rows(); ++i) {
    const auto group = static_cast<std::size_t>(groups.empty() ? 0 : groups[static_cast<std::size_t>(i)]);
    if (group >= count.size()) {
      count.resize(group + 1, 0);
      mean.resize(group + 1);
    }
    const auto k = static_cast<double>(count[group]++);
    if (k == 0) {
      mean[group] = X.row(i);
      continue;
    }
    const RowVector step = X.row(i) - mean[group];
    mean[group] += step / (k + 1);
    H.row(filled++) = std::sqrt(k / (k + 1)) * step;
  }
  H.conservativeResize(filled, Eigen::NoChange);
  return H;
}

SquareMatrix gram(const Matrix& H, const Threads& threads) {
  SquareMatrix K(H.rows(), H.rows());
  threads.for_ranges(H.rows(), kRowTile, [&](Index begin, Index end) {
    K.block(begin, 0, end - begin, end).noalias() = H.middleRows(begin, end - begin) * H.topRows(end).transpose();
  });
  mirror_lower(K);
  return K;
}

FactoredInverse invert_scatter(const Matrix& H, const Threads& threads) {
  const Index d = H.cols();
  const RowVector length = H.colwise().norm();
  const RowVector unscale = (length.array() > 0).select(length, 1.0).cwiseInverse();
  if (!(length.array() > 0).any()) return {Matrix(0, d), 0, Vector::Ones(d)};
  const Matrix W = H * unscale.asDiagonal();
  const SquareMatrix K = gram(W, threads);
  const std::optional<CholeskyFactor> factor = cholesky(K);
  const bool full = factor && factor->rcond > rank_tolerance(d);
  FactoredInverse result = full ? invert_full(factor->L, W, threads) : invert_singular(K, W, rank_tolerance(d));
  result.lost = (1 - result.lost.array()).max(0).sqrt();
  result.L = result.L * unscale.asDiagonal();
  return result;
}

PrincipalAxes principal_axes_of_rows(const Matrix& H, Index count, const Threads& threads) {
  const Index most = std::min({count, H.rows(), H.cols()});
  PrincipalAxes found{Matrix(0, H.cols()), Vector(0)};
  if (most == 0) return found;
  const Eigenpairs eigen = leading_eigenpairs(gram(H, threads), most);
  const double largest = std::max(eigen.values(most - 1), 0.0);
  found.varying = (eigen.values.array() > rank_tolerance(std::max(H.rows(), H.cols())) * largest).count();
  found.variances = eigen.values.tail(found.varying).reverse();
  if (found.varying == 0) return found;
  const SquareMatrix U = eigen.vectors.rightCols(found.varying).rowwise().reverse();
  // NOTE For small eigenvalues rounding leaves the axes U'H only nearly orthogonal, which a QR factor mends.
  const SquareMatrix axes = H.transpose() * (U * found.variances.cwiseSqrt().cwiseInverse().asDiagonal());
  found.axes = orthonormal(axes).transpose();
  point_upwards(found.axes);
  return found;
}

}  // namespace maha::linalg
