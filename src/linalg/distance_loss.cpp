#include "linalg/distance_loss.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/machine/tile_share.hpp"
#include "core/machine/tree_sum.hpp"
#include "linalg/distances.hpp"

namespace maha::linalg {
namespace {

constexpr Index kLossTile = 64;      // rows whose distances to all others a thread holds: products take well to so many
constexpr Index kRowsOfTurn = 4096;  // that a thread maps at a time
constexpr double kFar = 100;         // beyond the least distance: e^-100 is far below the rounding of any sum

/// f from the mapped rows Z. With V = W X and D half the degrees sum_j (w_ij + w_ji),
///   lap(w) = X'(D X - V) + (D X - V)'X.
/// Each rank has the rows of D and V that belong to its tiles.
DistanceLoss loss_of_mapped(const Matrix& X, const Matrix& Z, bool diagonal, const RowLoss& loss, const Run& run) {
  const Index n = X.rows(), d = X.cols();
  const SquareMatrix nothing = SquareMatrix::Zero(d, diagonal ? 1 : d);
  const DistanceLoss none{std::numeric_limits<double>::infinity(), nothing};
  const Vector squares = Z.rowwise().squaredNorm();
  if (!squares.allFinite()) return none;
  const TileShare share(n, kLossTile, *run.ranks);
  const Index own = share.begin();
  Vector degree(share.end() - own);
  Matrix V(share.end() - own, d);

  // sum_i w_ij for every j, and behind them the losses.
  const auto sums_of = [&](Index begin, Index end) -> Vector {
    const Index rows = end - begin;
    Matrix W = squared_distances(Z.middleRows(begin, rows), squares.segment(begin, rows), Z, squares);
    double value = 0;
    for (Index i = begin; i < end; ++i) {
      W(i - begin, i) = std::numeric_limits<double>::infinity();
      value += loss(i, W.row(i - begin));
    }
    degree.segment(begin - own, rows) = W.rowwise().sum();
    V.middleRows(begin - own, rows).noalias() = W * X;
    Vector sums(n + 1);
    sums << W.colwise().sum().transpose(), value;
    return sums;
  };
  const std::optional<Vector> sums = tree_sum(n, kLossTile, run.threads, *run.ranks, Vector(Vector::Zero(n + 1)),
                                              sums_of, [&] { return !run.stop(); });
  if (!sums) return none;
  degree += sums->segment(own, degree.size());

  const auto half_of = [&](Index begin, Index end) -> SquareMatrix {
    const auto rows = X.middleRows(begin, end - begin);
    const Matrix apart =
        0.5 * degree.segment(begin - own, end - begin).asDiagonal() * rows - V.middleRows(begin - own, end - begin);
    if (diagonal) return rows.cwiseProduct(apart).colwise().sum().transpose();
    return rows.transpose() * apart;
  };
  const SquareMatrix half = *tree_sum(n, kLossTile, run.threads, *run.ranks, nothing, half_of, [] { return true; });
  return {(*sums)[n], diagonal ? SquareMatrix(2 * half) : SquareMatrix(half + half.transpose())};
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
