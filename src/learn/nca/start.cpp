#include "learn/nca/start.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/rows_by_class.hpp"
#include "learn/lda/lda.hpp"
#include "learn/start_size.hpp"
#include "linalg/distances.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "prepare/white_rows.hpp"

namespace maha::learn::nca {
namespace {

// None of these changes what is a maximum, but which one is found: see docs/maha-nca.md for what others gave.
constexpr Index kAnchors = 200;   // rows that judge a scale: their mean loss is off by a few percent
constexpr Index kThinned = 4000;  // rows that they are judged among: a share of a class is one of fewer rows too
constexpr double kShareOfClass = 1 / 3.;  // neighbours of a row at the start: the softmax sees the shape of a class
constexpr double kFewestNeighbors = 2;    // with fewer it is a vote of one, and flat
constexpr int kHalvings = 40;             // of the scale's exponent: far finer than it matters
constexpr double kFinestScale = 60;       // powers of two about the scale of the nearest row

/// Squared distances of some rows to all others.
class Anchors {
 public:
  Anchors(const SortedRows& rows, const Matrix& Z) {
    const Index n = Z.rows(), step = (n + kAnchors - 1) / kAnchors;
    const Vector squares = Z.rowwise().squaredNorm();
    for (Index i = 0; i < n; i += step) {
      RowVector d = linalg::squared_distances(Z.row(i), squares.segment(i, 1), Z, squares);
      d[i] = std::numeric_limits<double>::infinity();
      rows_.push_back(i);
      squared_.push_back(std::move(d));
    }
    neighbors_ = kShareOfClass * static_cast<double>(n) / classes(rows);
  }

  /// c > 0 at which the mean of 1 / sum_j p_ij^2 over rows, the number of neighbours in effect, is a third of a class.
  double scale() const {
    double sum = 0;
    for (const RowVector& d : squared_) sum += d.minCoeff();
    const double nearest = sum / static_cast<double>(squared_.size());
    if (!(nearest > 0)) return scale_about(mean_distance());
    return scale_about(nearest);
  }

  double loss(double c, const linalg::RowLoss& of_row) const {
    double sum = 0;
    for (std::size_t a = 0; a < rows_.size(); ++a) {
      RowVector d = c * squared_[a];
      sum += of_row(rows_[a], d);
    }
    return sum / static_cast<double>(rows_.size());
  }

 private:
  static double classes(const SortedRows& rows) {
    Index count = 0;
    for (Index i = 0; i < rows.rows(); i = rows.last[static_cast<std::size_t>(i)]) ++count;
    return static_cast<double>(count);
  }

  double mean_distance() const {
    double sum = 0;
    for (std::size_t a = 0; a < rows_.size(); ++a) {
      RowVector d = squared_[a];
      d[rows_[a]] = 0;
      sum += d.mean();
    }
    return sum > 0 ? sum / static_cast<double>(rows_.size()) : 1;
  }

  double scale_about(double distance) const {
    double low = -kFinestScale, high = kFinestScale;  // neighbours grow fewer as the scale grows
    for (int k = 0; k < kHalvings; ++k) {
      const double middle = (low + high) / 2;
      (neighbors_at(std::exp2(middle) / distance) > std::max(neighbors_, kFewestNeighbors) ? low : high) = middle;
    }
    return std::exp2(high == kFinestScale ? 0 : high) / distance;  // no scale has so few, as where rows are equal
  }

  double neighbors_at(double c) const {
    double sum = 0;
    for (const RowVector& d : squared_) {
      RowVector p = c * d;
      linalg::softmax_of_negative(p);
      sum += 1 / p.squaredNorm();
    }
    return sum / static_cast<double>(squared_.size());
  }

  std::vector<Index> rows_;
  std::vector<RowVector> squared_;
  double neighbors_ = 0;
};

/// S with S'S = B'B, for rows x - mean = B z: the distance of the x, or of features divided by `units`.
SquareMatrix coordinates(const SquareMatrix& B, const Vector& units) {
  const SquareMatrix scaled = units.cwiseInverse().asDiagonal() * B;
  return linalg::factor_psd(scaled.transpose() * scaled).L;
}

Vector deviations_of(const SquareMatrix& B) {
  const Vector all = B.rowwise().norm();
  return (all.array() > 0).select(all, 1);
}

/// The Euclidean distances of X and of the standardised X, or their principal axes, and the discriminants of Z.
std::vector<Start> candidates_for(const MatrixRef& X, const Matrix& Z, const Labels& y, Index rank) {
  const SquareMatrix B = prepare::way_back(X, Z);
  std::vector<Start> candidates;
  for (const Vector& units : {deviations_of(B), Vector(Vector::Ones(B.rows()))}) {
    const SquareMatrix S = coordinates(B, units);
    const Index r = S.rows();
    const bool full = rank == 0 || rank >= r;
    // Rows z have covariance I, so that of S z is S S'.
    candidates.push_back(
        {S, full ? Matrix(Matrix::Identity(r, r)) : linalg::principal_axes(S * S.transpose(), rank).axes});
  }
  if (rank == 0 || rank >= Z.cols() || rank >= classes_of({.y = y})) return candidates;
  const Fit fit = lda::fit_lda({.X = Z, .y = y}, {.rank = rank});
  if (fit.linear().rank() == rank) {
    const SquareMatrix& S = candidates[0].S;
    const SquareMatrix A = linalg::least_squares(S.transpose(), fit.linear().factor().transpose());
    candidates.push_back({S, A.transpose()});
  }
  return candidates;
}

/// At most about kThinned rows, of every class its share.
std::vector<Index> thinned(const Labels& y) {
  const std::size_t step = (y.size() + kThinned - 1) / kThinned;
  std::vector<Index> chosen;
  for (const std::vector<Index>& rows : rows_by_class(y)) {
    for (std::size_t k = 0; k < rows.size(); k += step) chosen.push_back(rows[k]);
  }
  return chosen;
}

/// The scale goes into the coordinates.
Start scaled(Start start, double c) {
  start.S *= std::sqrt(c);
  return start;
}

}  // namespace

Start best_start(const MatrixRef& X, const Matrix& Z, const Labels& y, const NcaOptions& options) {
  const SortedRows rows = sorted_by_class(Z, y, thinned(y));
  const linalg::RowLoss loss = loss_of(rows, options.objective);
  Start best;
  double least = std::numeric_limits<double>::infinity();
  std::vector<Start> candidates = candidates_for(X, Z, y, options.rank);
  for (Start& start : candidates) {
    const Anchors anchors(rows, rows.X * (start.A * start.S).transpose());
    const double c = anchors.scale(), value = anchors.loss(c, loss);
    if (best.S.size() > 0 && !(value < least)) continue;
    least = value;
    best = scaled(std::move(start), c);
  }
  return best;
}

Start start_from(const Matrix& L, const MatrixRef& X, const Matrix& Z, Index rank) {
  const SquareMatrix B = prepare::way_back(X, Z);
  Matrix over_z = L * B;
  require_size_of_start(over_z.norm());
  if (rank > 0 && rank < over_z.rows())
    over_z = linalg::principal_axes(over_z * over_z.transpose(), rank).axes * over_z;
  SquareMatrix S = coordinates(B, deviations_of(B));
  S *= over_z.norm() / S.norm();
  const SquareMatrix A = linalg::least_squares(S.transpose(), over_z.transpose());
  return {std::move(S), A.transpose()};
}

Vector best_weights(const Matrix& X, const RowVector& deviations, const Labels& y, Objective objective) {
  const SortedRows rows = sorted_by_class(X, y, thinned(y));
  const linalg::RowLoss loss = loss_of(rows, objective);
  Vector best;
  double least = std::numeric_limits<double>::infinity();
  for (const Vector& m : {Vector(Vector::Ones(X.cols())), Vector(deviations.transpose().cwiseAbs2())}) {
    const Anchors anchors(rows, rows.X * m.cwiseSqrt().asDiagonal());
    const double c = anchors.scale(), value = anchors.loss(c, loss);
    if (best.size() > 0 && !(value < least)) continue;
    least = value;
    best = c * m;
  }
  return best;
}

}  // namespace maha::learn::nca
