#include "learn/mlkr/objective.hpp"

#include <algorithm>
#include <limits>

#include "linalg/distances.hpp"
#include "linalg/tiled_product.hpp"

namespace maha::learn::mlkr {
namespace {

constexpr Index kMostInTile = 1 << 18;  // distances of a tile of rows: 2 MB, which stay in the cache
constexpr Index kMostRows = 64, kLeastRows = 8;
constexpr Index kTileOfProduct = 256;

/// What a tile of rows adds. With w_ij = (yhat_i - y_i) p_ij (yhat_i - y_j) the gradient is
///   4 sum_ij w_ij A (z_i - z_j)(z_i - z_j)',  sum_j w_ij = 0.
struct Part {
  double squares = 0;
  Matrix across;   // r x q: sum_ij w_ij (A z_i z_j' + A z_j z_i')
  Vector columns;  // n: sum_i w_ij

  Part& operator+=(const Part& other) {
    squares += other.squares;
    across += other.across;
    columns += other.columns;
    return *this;
  }
};

/// exp(-D) of each row relative to its largest; nothing of a row itself, which is at `first` + its place.
void kernel_in_place(Matrix& D, Index first) {
  for (Index t = 0; t < D.rows(); ++t) {
    D(t, first + t) = std::numeric_limits<double>::infinity();
    const double nearest = D.row(t).minCoeff();
    D(t, first + t) = nearest;
    D.row(t) = (nearest - D.row(t).array()).exp();
    D(t, first + t) = 0;
  }
}

}  // namespace

double LeaveOneOut::evaluate(const Matrix& A, Matrix* gradient) const {
  const Index n = Z_.rows();
  const Index tile = std::clamp(kMostInTile / n, kLeastRows, kMostRows);
  // 1. Where the kernel is exp(-|u_i - u_j|^2).
  const Matrix U = linalg::tiled_product(Z_, A.transpose(), kTileOfProduct, threads_);
  const Vector lengths = U.rowwise().squaredNorm();

  const auto part_of = [&](Index begin, Index end) {
    const Index rows = end - begin;
    Part part{0, Matrix::Zero(A.rows(), A.cols()), Vector::Zero(gradient ? n : 0)};
    // 2. p_ij, and the predictions that they make.
    Matrix W = linalg::squared_distances(U.middleRows(begin, rows), lengths.segment(begin, rows), U, lengths);
    kernel_in_place(W, begin);
    const Vector sums = W.rowwise().sum();
    const Vector predicted = (W * y_).cwiseQuotient(sums), error = predicted - y_.segment(begin, rows);
    part.squares = error.squaredNorm();
    if (!gradient) return part;
    // 3. w_ij, and what they weigh.
    for (Index t = 0; t < rows; ++t) {
      W.row(t).array() *= (error[t] / sums[t]) * (predicted[t] - y_.transpose().array());
    }
    const Matrix WZ = W * Z_;
    part.columns = W.colwise().sum().transpose();
    part.across =
        U.middleRows(begin, rows).transpose() * WZ + (WZ * A.transpose()).transpose() * Z_.middleRows(begin, rows);
    return part;
  };
  Part all{0, Matrix::Zero(A.rows(), A.cols()), Vector::Zero(gradient ? n : 0)};
  threads_.sum_ranges(n, tile, all, part_of);

  const auto count = static_cast<double>(n);
  if (gradient) {
    Matrix own = Matrix::Zero(A.rows(), A.cols());
    threads_.sum_ranges(n, kTileOfProduct, own, [&](Index begin, Index end) -> Matrix {
      const auto rows = Eigen::seqN(begin, end - begin);
      return U(rows, Eigen::all).transpose() * all.columns(rows).asDiagonal() * Z_(rows, Eigen::all);
    });
    *gradient = 4 / count * (own - all.across);
  }
  return all.squares / count;
}

}  // namespace maha::learn::mlkr
