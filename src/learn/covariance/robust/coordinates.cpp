#include "learn/covariance/robust/coordinates.hpp"

#include <utility>

#include "learn/covariance/robust/scale.hpp"
#include "learn/covariance/robust/search/dependences.hpp"
#include "learn/covariance/robust/search/subset.hpp"
#include "linalg/spectral/eigen.hpp"

namespace maha::learn::covariance {
namespace {

/// Scales of which none is 0: 1 for a feature that is constant.
ColumnScales scales_of_features(const Matrix& Z, Index h, const Threads& threads) {
  ColumnScales found = tau_scales(Z, h, threads);
  for (Index j = 0; j < Z.cols(); ++j) {
    if (found.scale(j) > 0) continue;
    Hyperplane plane{Vector::Unit(Z.cols(), j), {}};
    for (Index i = 0; i < Z.rows(); ++i) {
      if (Z(i, j) == found.center(j)) plane.rows.push_back(i);
    }
    if (std::ssize(plane.rows) < Z.rows()) throw ExactFit{std::move(plane)};
    found.scale(j) = 1;
  }
  return found;
}

Matrix standardized(const Matrix& Z, const ColumnScales& scales) {
  return (Z.rowwise() - scales.center) * scales.scale.cwiseInverse().asDiagonal();
}

/// q x r: an orthonormal basis of the directions along which the rows U vary; empty if that is all.
SquareMatrix varying_directions(const Matrix& U, const Threads& threads) {
  const Index q = U.cols();
  const SquareMatrix lost = dependences_of(U, 1, threads);
  if (lost.cols() == 0) return {};
  const SquareMatrix N = linalg::orthonormal(SquareMatrix(lost.topRows(q)));
  return linalg::eigenpairs(N * N.transpose()).vectors.leftCols(q - lost.cols());
}

}  // namespace

Coordinates coordinates_of(const Matrix& Z, Index h, const Threads& threads) {
  const ColumnScales scales = scales_of_features(Z, h, threads);
  const SquareMatrix units = scales.scale.cwiseInverse().asDiagonal();
  Matrix U = standardized(Z, scales);
  const SquareMatrix Q = varying_directions(U, threads);
  if (Q.rows() == 0) return {std::move(U), units, scales.scale.array().log().sum()};

  U = U * Q;
  if (U.cols() == 0) return {std::move(U), units * Q, 0};
  const ColumnScales along = tau_scales(U, h, threads);
  Index flat = 0;
  if (along.scale.minCoeff(&flat) <= 0) {
    const Vector across = (U.col(flat).array() - along.center(flat)).abs();
    throw ExactFit{{units * Q.col(flat), nearest(across, h)}};
  }
  return {standardized(U, along), units * Q * along.scale.cwiseInverse().asDiagonal(), 0};
}

}  // namespace maha::learn::covariance
