#include "learn/lmnn/problem/cone.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "linalg/rounding.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "linalg/tiled_product.hpp"

namespace maha::learn::lmnn {
namespace {

constexpr Index kRowTile = 256;       // rows of a product that a thread computes at a time
constexpr Index kProductTile = 1024;  // rows in one partial sum of a product: another number changes its last bits
constexpr double kSumRounding = 64 * linalg::kUnitRoundoff;  // tiled and blocked sums err by less

Matrix face_rows(const Point& point) { return point.P * point.root.cwiseInverse().asDiagonal(); }

class PsdCone final : public Cone {
 public:
  using Cone::Cone, Cone::project;

  SquareMatrix identity() const override { return SquareMatrix::Identity(rows().cols(), rows().cols()); }

  Point project(const SquareMatrix& A, Index rank_guess) const override {
    linalg::PositivePart part = linalg::positive_part(A, rank_guess);
    Point point;
    const SquareMatrix half = part.vectors * part.roots.asDiagonal();
    point.N = half * half.transpose();
    point.P = linalg::tiled_product(rows(), half, kRowTile, team_.for_numbers_of(half.rows()));
    point.root = std::move(part.roots);
    point.V = std::move(part.vectors);
    return point;
  }

  SquareMatrix scatter(const MeasuredPairs& pairs, const PairValues& weights) const override {
    return lmnn::scatter(pairs, weights, rows(), team_);
  }

  SquareMatrix product(const Matrix& B) const override {
    SquareMatrix half = SquareMatrix::Zero(B.cols(), B.cols());
    team_.sum_ranges(B.rows(), kProductTile, half, [&](Index begin, Index end) -> SquareMatrix {
      return rows().middleRows(begin, end - begin).transpose() * B.middleRows(begin, end - begin);
    });
    return half + half.transpose();
  }

  PairValues forms(const MeasuredPairs& pairs, const SquareMatrix& Y) const override {
    const Matrix mapped = linalg::tiled_product(rows(), Y, kRowTile, team_.for_numbers_of(Y.rows()));
    return products(pairs, rows(), mapped, team_);
  }

  double largest_eigenvalue(const SquareMatrix& H) const override { return linalg::largest_eigenvalue_bound(H); }

  std::unique_ptr<Cone> face(const Point& point) const override {
    return std::make_unique<PsdCone>(WhiteRows{face_rows(point)}, team_);
  }
};

class WeightCone final : public Cone {
 public:
  using Cone::Cone, Cone::project;

  SquareMatrix identity() const override { return Vector::Ones(rows().cols()); }

  Point project(const SquareMatrix& A, Index) const override {
    Point point;
    point.N = A.cwiseMax(0);
    std::vector<Index> features;
    for (Index f = 0; f < A.rows(); ++f) {
      if (point.N(f) > 0) features.push_back(f);
    }
    std::stable_sort(features.begin(), features.end(), [&](Index a, Index b) { return point.N(a) > point.N(b); });
    point.root = point.N(features, 0).cwiseSqrt();
    point.P.resize(rows().rows(), point.root.size());
    team_.threads().for_ranges(rows().rows(), kRowTile, [&](Index begin, Index end) {
      const Index count = end - begin;
      point.P.middleRows(begin, count) =
          rows().middleRows(begin, count)(Eigen::all, features) * point.root.asDiagonal();
    });
    return point;
  }

  SquareMatrix scatter(const MeasuredPairs& pairs, const PairValues& weights) const override {
    return diagonal_scatter(pairs, weights, rows(), team_);
  }

  SquareMatrix product(const Matrix& B) const override {
    return 2 * rows().cwiseProduct(B).colwise().sum().transpose();
  }

  PairValues forms(const MeasuredPairs& pairs, const SquareMatrix& Y) const override {
    return products(pairs, rows(), rows() * Y.col(0).asDiagonal(), team_);
  }

  /// Each entry is a sum on its own. Its rounding is far below 1e-12 of the sum of the terms' sizes, and that sum is of
  /// the size of the entries, although weights have both signs.
  double largest_eigenvalue(const SquareMatrix& H) const override {
    return H.maxCoeff() + 16 * linalg::kUnitRoundoff * H.norm();
  }

  std::unique_ptr<Cone> face(const Point& point) const override {
    return std::make_unique<WeightCone>(WhiteRows{face_rows(point)}, team_);
  }
};

}  // namespace

/// An error e in each row changes (v'(z_i - z_o))^2, |v| = 1, by at most 4 e |z_i - z_o| + 4 e^2, with
/// |z_i - z_o| <= |z_i| + |z_o|. The products of a scatter cancel, so their rounding is relative to the sizes of rows.
double scatter_doubt(const WhiteRows& white, const Vector& degree) {
  const double e = white.error;
  const Vector size = white.Z.rowwise().norm();
  return e * (4 * degree.dot(size) + 2 * e * degree.sum()) + kSumRounding * degree.dot(size.cwiseAbs2());
}

double Cone::doubt(const Vector& degree) const { return scatter_doubt(white_, degree); }

double Cone::doubt(const MeasuredPairs& pairs, const PairValues& weights) const {
  return doubt(degrees(pairs, {weights.target.cwiseAbs(), weights.impostor.cwiseAbs()}));
}

double Cone::largest_ratio(const SquareMatrix& H, double doubt) const {
  const double largest = largest_eigenvalue(H) + doubt;
  if (!(largest > 0)) return 0;
  return white_.pull_error < 1 ? largest / (1 - white_.pull_error) : std::numeric_limits<double>::infinity();
}

std::unique_ptr<Cone> psd_cone(WhiteRows rows, const Team& team) {
  return std::make_unique<PsdCone>(std::move(rows), team);
}

std::unique_ptr<Cone> weight_cone(WhiteRows rows, const Team& team) {
  return std::make_unique<WeightCone>(std::move(rows), team);
}

}  // namespace maha::learn::lmnn
