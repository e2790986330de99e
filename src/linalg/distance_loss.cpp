#include "linalg/distance_loss.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "linalg/distances.hpp"

namespace maha::linalg {
namespace {

constexpr Index kLossTile = 64;      // rows whose distances to all others a thread holds: products take well to so many
constexpr Index kRowsOfTurn = 4096;  // between questions whether to stop
constexpr double kFar = 100;         // beyond the least distance: e^-100 is far below the rounding of any sum

/// What tiles add: their losses, and sum_i w_ij for every j.
struct LossPart {
  double value = 0;
  Vector to_row{};

  LossPart& operator+=(const LossPart& other) {
    value += other.value;
    to_row += other.to_row;
    return *this;
  }
};

/// f from the mapped rows Z. With V = W X and D half the degrees sum_j (w_ij + w_ji),
///   lap(w) = X'(D X - V) + (D X - V)'X.
DistanceLoss loss_of_mapped(const Matrix& X, const Matrix& Z, bool diagonal, const RowLoss& loss, const Run& run) {
  const Index n = X.rows(), d = X.cols();
  SquareMatrix half = SquareMatrix::Zero(d, diagonal ? 1 : d);
  const Vector squares = Z.rowwise().squaredNorm();
  if (!squares.allFinite()) return {std::numeric_limits<double>::infinity(), half};
  Vector degree(n);
  Matrix V(n, d);
  LossPart all{0, Vector::Zero(n)};
  const auto part_of = [&](Index begin, Index end) {
    const Index rows = end - begin;
    Matrix W = squared_distances(Z.middleRows(begin, rows), squares.segment(begin, rows), Z, squares);
    LossPart part;
    for (Index i = begin; i < end; ++i) {
      W(i - begin, i) = std::numeric_limits<double>::infinity();
      part.value += loss(i, W.row(i - begin));
    }
    degree.segment(begin, rows) = W.rowwise().sum();
    part.to_row = W.colwise().sum().transpose();
    V.middleRows(begin, rows).noalias() = W * X;
    return part;
  };
  for (Index first = 0; first < n; first += kRowsOfTurn) {
    if (run.stop()) return {std::numeric_limits<double>::infinity(), half};
    run.threads.sum_ranges(std::min(kRowsOfTurn, n - first), kLossTile, all,
                           [&](Index begin, Index end) { return part_of(first + begin, first + end); });
  }
  degree += all.to_row;
  run.threads.sum_ranges(n, kRowsOfTurn, half, [&](Index begin, Index end) -> SquareMatrix {
    const auto rows = X.middleRows(begin, end - begin);
    const Matrix apart =
        0.5 * degree.segment(begin, end - begin).asDiagonal() * rows - V.middleRows(begin, end - begin);
    if (diagonal) return rows.cwiseProduct(apart).colwise().sum().transpose();
    return rows.transpose() * apart;
  });
  return {all.value, diagonal ? SquareMatrix(2 * half) : SquareMatrix(half + half.transpose())};
}

}  // namespace

double softmax_of_negative(RowPart d) {
  const double least = d.minCoeff();
  const double floor =
      std::exp(-kFar) * (1 + 1e-12);  // above what the product's own exp gives, which may round otherwise
  d = ((least - d.array()).max(-kFar).exp() - floor).max(0.0);
  const double sum = d.sum();
  d *= 1 / sum;
  return std::log(sum) - least;
}

DistanceLoss distance_loss(const Matrix& X, const Matrix& L, const RowLoss& loss, const Run& run) {
  Matrix Z(X.rows(), L.rows());
  run.threads.for_ranges(X.rows(), kRowsOfTurn, [&](Index begin, Index end) {
    Z.middleRows(begin, end - begin).noalias() = X.middleRows(begin, end - begin) * L.transpose();
  });
  return loss_of_mapped(X, Z, false, loss, run);
}

DistanceLoss distance_loss_of_weights(const Matrix& X, const Vector& m, const RowLoss& loss, const Run& run) {
  return loss_of_mapped(X, X * m.cwiseSqrt().asDiagonal(), true, loss, run);
}

}  // namespace maha::linalg
