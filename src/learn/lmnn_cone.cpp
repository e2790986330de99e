#include "learn/lmnn_cone.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "linalg/spectrum.hpp"

namespace maha::lmnn {
namespace {

constexpr Index kRowTile = 256;

/// Z A, tile by tile.
Matrix multiply(const Matrix& Z, const SquareMatrix& A, const Threads& threads) {
  Matrix product(Z.rows(), A.cols());
  threads.for_ranges(Z.rows(), kRowTile, [&](Index begin, Index end) {
    product.middleRows(begin, end - begin).noalias() = Z.middleRows(begin, end - begin) * A;
  });
  return product;
}

Matrix face_rows(const Point& point) { return point.P * point.root.cwiseInverse().asDiagonal(); }

class PsdCone final : public Cone {
 public:
  using Cone::Cone, Cone::project;

  SquareMatrix identity() const override { return SquareMatrix::Identity(Z_.cols(), Z_.cols()); }

  Point project(const SquareMatrix& A, Index rank_guess) const override {
    PositivePart part = positive_part(A, rank_guess);
    Point point;
    const SquareMatrix half = part.vectors * part.roots.asDiagonal();
    point.N = half * half.transpose();
    point.P = multiply(Z_, half, threads_);
    point.root = std::move(part.roots);
    point.V = std::move(part.vectors);
    return point;
  }

  SquareMatrix scatter(const Pairs& pairs, const PairValues& weights) const override {
    return lmnn::scatter(pairs, weights, Z_, threads_);
  }

  PairValues forms(const Pairs& pairs, const SquareMatrix& Y) const override {
    return products(pairs, Z_, multiply(Z_, Y, threads_), threads_);
  }

  double largest_eigenvalue(const SquareMatrix& H) const override { return largest_eigenvalue_bound(H); }

  std::unique_ptr<Cone> face(const Point& point) const override {
    return std::make_unique<PsdCone>(face_rows(point), threads_);
  }
};

class WeightCone final : public Cone {
 public:
  using Cone::Cone, Cone::project;

  SquareMatrix identity() const override { return Vector::Ones(Z_.cols()); }

  Point project(const SquareMatrix& A, Index) const override {
    Point point;
    point.N = A.cwiseMax(0);
    std::vector<Index> features;
    for (Index f = 0; f < A.rows(); ++f) {
      if (point.N(f) > 0) features.push_back(f);
    }
    std::stable_sort(features.begin(), features.end(), [&](Index a, Index b) { return point.N(a) > point.N(b); });
    point.root = point.N(features, 0).cwiseSqrt();
    point.P.resize(Z_.rows(), point.root.size());
    threads_.for_ranges(Z_.rows(), kRowTile, [&](Index begin, Index end) {
      const Index count = end - begin;
      point.P.middleRows(begin, count) = Z_.middleRows(begin, count)(Eigen::all, features) * point.root.asDiagonal();
    });
    return point;
  }

  SquareMatrix scatter(const Pairs& pairs, const PairValues& weights) const override {
    return diagonal_scatter(pairs, weights, Z_, threads_);
  }

  PairValues forms(const Pairs& pairs, const SquareMatrix& Y) const override {
    return products(pairs, Z_, Z_ * Y.col(0).asDiagonal(), threads_);
  }

  /// Each entry is a sum of its own: what it lost to rounding is far below 1e-12 of the sum of sizes, which sums of
  /// weights of both signs keep near the entries themselves.
  double largest_eigenvalue(const SquareMatrix& H) const override {
    return H.maxCoeff() + 8 * std::numeric_limits<double>::epsilon() * H.norm();
  }

  std::unique_ptr<Cone> face(const Point& point) const override {
    return std::make_unique<WeightCone>(face_rows(point), threads_);
  }
};

}  // namespace

std::unique_ptr<Cone> psd_cone(Matrix Z, const Threads& threads) {
  return std::make_unique<PsdCone>(std::move(Z), threads);
}

std::unique_ptr<Cone> weight_cone(Matrix Z, const Threads& threads) {
  return std::make_unique<WeightCone>(std::move(Z), threads);
}

}  // namespace maha::lmnn
