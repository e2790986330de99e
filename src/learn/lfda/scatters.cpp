#include "learn/lfda/scatters.hpp"

#include <cmath>

#include "core/rows_by_class.hpp"
#include "linalg/distances.hpp"
#include "linalg/units.hpp"
#include "neighbors/index.hpp"

namespace maha::learn::lfda {
namespace {

constexpr Index kRowTile = 128, kColumnTile = 128;  // other numbers change last bits

/// 1 / s_i, and 0 where s_i is 0, or counts as that beside rows that differ by about 1: its square underflows.
Vector inverse_scales(const Matrix& X, Index k, const Threads& threads) {
  const neighbors::NeighborLists nearest = neighbors::NeighborIndex(X, threads).nearest_other(k, threads);
  Vector inverse(X.rows());
  for (Index i = 0; i < X.rows(); ++i) {
    const double scale = nearest.distance(static_cast<std::size_t>((i + 1) * k - 1));
    inverse[i] = scale > linalg::kLeastSpread ? 1 / scale : 0;
  }
  return inverse;
}

/// (D - A) Z for the rows X of one class, D the row sums of A: row i is sum_j A_ij (z_i - z_j).
Matrix laplacian_times(const Matrix& X, const Matrix& Z, Index k, const Threads& threads) {
  const Vector inverse = inverse_scales(X, k, threads), known = (inverse.array() > 0).cast<double>();
  const Matrix C = X.rowwise() - X.colwise().mean();
  const Vector norms = C.rowwise().squaredNorm();
  Matrix product(Z.rows(), Z.cols());
  threads.for_ranges(X.rows(), kRowTile, [&](Index begin, Index end) {
    const Index size = end - begin;
    Matrix A = linalg::squared_distances(C.middleRows(begin, size), norms.segment(begin, size), C, norms);
    A = inverse.segment(begin, size).asDiagonal() * A * inverse.asDiagonal();
    A = known.segment(begin, size).asDiagonal() * Matrix((-A.array()).exp()) * known.asDiagonal();
    const Vector degrees = A.rowwise().sum();
    product.middleRows(begin, size) = degrees.asDiagonal() * Z.middleRows(begin, size);
    product.middleRows(begin, size).noalias() -= A * Z;
  });
  return product;
}

/// P'Q, which is symmetric but for rounding.
SquareMatrix product_of(const Matrix& P, const Matrix& Q, const Threads& threads) {
  SquareMatrix product(P.cols(), Q.cols());
  threads.for_ranges(Q.cols(), kColumnTile, [&](Index begin, Index end) {
    product.middleCols(begin, end - begin).noalias() = P.transpose() * Q.middleCols(begin, end - begin);
  });
  return (product + product.transpose()) / 2;
}

}  // namespace

LocalScatters local_scatters(const MatrixRef& X, const Matrix& Z, const Labels& y, Index k, const Threads& threads) {
  const auto n = static_cast<double>(Z.rows());
  Matrix centred = Z, local(Z.rows(), Z.cols()), means(0, Z.cols());  // S_w = centred' local / n
  Vector others(Z.rows());                                            // 1 - n_c / n
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    if (rows.empty()) continue;
    const auto size = static_cast<Index>(rows.size());
    const double share = static_cast<double>(size) / n;
    const RowVector mean = Z(rows, Eigen::all).colwise().mean();
    const Matrix own = Z(rows, Eigen::all).rowwise() - mean;
    centred(rows, Eigen::all) = own;
    if (size > k) {
      local(rows, Eigen::all) = laplacian_times(X(rows, Eigen::all), own, k, threads) / static_cast<double>(size);
    } else {
      local(rows, Eigen::all) = own;  // of A = 1
    }
    others(rows).setConstant(1 - share);
    means.conservativeResize(means.rows() + 1, Eigen::NoChange);
    means.bottomRows(1) = mean * std::sqrt(share);
  }
  LocalScatters S{product_of(centred, local, threads) / n, {}};
  S.between = means.transpose() * means + product_of(others.asDiagonal() * centred, centred - local, threads) / n;
  return S;
}

}  // namespace maha::learn::lfda
