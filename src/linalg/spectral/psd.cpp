#include "linalg/spectral/psd.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "linalg/symmetric.hpp"

namespace maha::linalg {
namespace {

SquareMatrix with_unit_diagonal(const SquareMatrix& M, const Vector& scale) {
  const Vector inverse = scale.cwiseInverse();
  SquareMatrix scaled = inverse.asDiagonal() * M * inverse.asDiagonal();
  for (Index i = 0; i < M.rows(); ++i) {
    if (M(i, i) > 0) scaled(i, i) = 1;  // exactly, so that the factor of I is I
  }
  return scaled;
}

/// sqrt(lambda) v' D for the eigenvalues above the tolerance, largest first, each v with its largest entry positive.
PsdFactor eigen_factor(const SquareMatrix& scaled, const Vector& scale) {
  const Index d = scaled.rows();
  const auto [lambda, V] = eigenpairs(scaled);
  const double largest = lambda(d - 1);
  PsdFactor result;
  result.positive_definite = false;
  if (lambda(0) < 0) {
    result.lowest = largest > 0 ? lambda(0) / largest : -std::numeric_limits<double>::infinity();
    V.col(0).cwiseAbs().maxCoeff(&result.lowest_at);
  }
  const double cut = std::max(0.0, rank_tolerance(d) * largest);
  const Index rank = (lambda.array() > cut).count();
  result.L.resize(rank, d);
  for (Index r = 0; r < rank; ++r) {
    const auto v = V.col(d - 1 - r);
    Index peak = 0;
    v.cwiseAbs().maxCoeff(&peak);
    const double factor = std::copysign(std::sqrt(lambda(d - 1 - r)), v(peak));
    result.L.row(r) = (factor * v.cwiseProduct(scale)).transpose();
  }
  return result;
}

}  // namespace

Vector diagonal_scale(const SquareMatrix& M) {
  return M.diagonal().unaryExpr([](double m) { return m > 0 ? std::sqrt(m) : 1.0; });
}

PsdFactor factor_psd(const SquareMatrix& M) {
  if (M.rows() == 0) return {};
  const Vector scale = diagonal_scale(M);
  const SquareMatrix scaled = with_unit_diagonal(M, scale);
  const std::optional<CholeskyFactor> factor = cholesky(scaled);
  if (!factor || factor->rcond <= rank_tolerance(M.rows())) return eigen_factor(scaled, scale);
  PsdFactor result;
  result.L = factor->L.transpose() * scale.asDiagonal();
  return result;
}

PsdInverse invert_psd(const SquareMatrix& S) {
  const Index d = S.rows();
  const Vector scale = diagonal_scale(S), unscale = scale.cwiseInverse();
  SquareMatrix scaled = with_unit_diagonal(S, scale);
  for (Index i = 0; i < d; ++i) {
    if (S(i, i) > 0) continue;
    scaled.row(i).setZero();
    scaled.col(i).setZero();
  }
  PsdInverse result;
  const std::optional<CholeskyFactor> factor = cholesky(scaled);
  if (factor && factor->rcond > rank_tolerance(d)) {
    result.rank = d;
    result.lost = Vector::Zero(d);
    // NOTE L^-T L^-1, not solve(I): a product W'W stays positive semidefinite however badly S is conditioned.
    const SquareMatrix W = solve_lower(factor->L, SquareMatrix::Identity(d, d));
    result.inverse = W.transpose() * W;
  } else {
    const auto [values, vectors] = eigenpairs(scaled);
    const double cut = std::max(0.0, rank_tolerance(d) * values(d - 1));
    result.rank = (values.array() > cut).count();
    const auto kept = vectors.rightCols(result.rank);
    result.lost = (1 - kept.rowwise().squaredNorm().array()).max(0).sqrt();
    result.inverse = kept * values.tail(result.rank).cwiseInverse().asDiagonal() * kept.transpose();
  }
  result.inverse = unscale.asDiagonal() * result.inverse * unscale.asDiagonal();
  mirror_lower(result.inverse);
  return result;
}

PrincipalAxes principal_axes(const SquareMatrix& S) { return principal_axes(S, S.rows()); }

PrincipalAxes principal_axes(const SquareMatrix& S, Index count) {
  const auto [values, vectors] = leading_eigenpairs(S, count);
  PrincipalAxes found{vectors.rowwise().reverse().transpose(), values.reverse()};
  const Vector& variances = found.variances;
  if (variances.size() == 0) return found;
  found.varying = (variances.array() > rank_tolerance(S.rows()) * std::max(variances(0), 0.0)).count();
  point_upwards(found.axes);
  return found;
}

double axes_residual(const Matrix& VS, const PrincipalAxes& all) {
  const double largest = all.variances.size() > 0 ? all.variances.cwiseAbs().maxCoeff() : 0;
  if (!(largest > 0)) return 0;
  const Matrix off = VS / largest - (all.variances / largest).asDiagonal() * all.axes;  // squares of these fit
  return off.rowwise().norm().maxCoeff();
}

ScaledAxes scaled_axes(const SquareMatrix& S) {
  const Vector scale = diagonal_scale(S), unscale = scale.cwiseInverse();
  return {principal_axes(unscale.asDiagonal() * S * unscale.asDiagonal()), scale};
}

Matrix whitening(const ScaledAxes& axes) {
  const auto& [all, scale] = axes;
  const Vector length = all.variances.head(all.varying).cwiseSqrt();
  return length.cwiseInverse().asDiagonal() * all.axes.topRows(all.varying) * scale.cwiseInverse().asDiagonal();
}

void point_upwards(Matrix& axes) {
  for (Index r = 0; r < axes.rows(); ++r) {
    Index peak = 0;
    axes.row(r).cwiseAbs().maxCoeff(&peak);
    if (axes(r, peak) < 0) axes.row(r) *= -1;
  }
}

}  // namespace maha::linalg
