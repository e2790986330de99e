#include "metric/difference.hpp"

#include <cmath>
#include <limits>
#include <numbers>
#include <string>

#include "core/error.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "linalg/units.hpp"

namespace maha::metric {
namespace {

constexpr int kCommon = 200;         // binary exponent up to which entries of L need no unit: fourth powers are taken
constexpr double kSameOrder = 1e-6;  // ratios that agree to this rank alike, for rounding and for printed matrices
constexpr double kTwoFactors = 16;   // times the rank tolerance: whitening by two computed factors rounds more than one

struct Pair {
  SquareMatrix A, B;
};

double largest_entry(const Matrix& L) { return L.size() > 0 ? L.cwiseAbs().maxCoeff() : 0; }

/// The diagonal of M / unit^2, where L is the factor in that unit.
Vector diagonal_of(const Metric& metric, const Matrix& L, double unit) {
  return unit == 1 ? metric.diagonal() : Vector(L.colwise().squaredNorm().transpose());
}

/// A and B in the larger of their two units, whose quotient is `units`.
Pair in_one_unit(Pair pair, double units) {
  if (units < 1) pair.A *= units * units;
  if (units > 1) pair.B /= units * units;
  return pair;
}

/// L_A' L_A and L_B' L_B, in an orthonormal basis of the span of the rows of both factors if that is smaller than R^d.
Pair in_common_space(const Matrix& LA, const Matrix& LB) {
  const Index ra = LA.rows(), rb = LB.rows(), d = LA.cols();
  if (ra + rb == 0 || ra + rb >= d) return {LA.transpose() * LA, LB.transpose() * LB};
  Matrix rows(ra + rb, d);
  rows.topRows(ra) = LA;
  rows.bottomRows(rb) = LB;
  // [L_A; L_B]' P = Q R, so A = Q R_A R_A' Q' with R_A the columns of R P' that came from L_A. A pivot is the root of
  // what it adds to the spectrum of R R', and so is its zero.
  const SquareMatrix R = linalg::pivoted_triangle(rows.transpose(), std::sqrt(linalg::rank_tolerance(ra + rb)));
  return {R.leftCols(ra) * R.leftCols(ra).transpose(), R.rightCols(rb) * R.rightCols(rb).transpose()};
}

/// The extremes of sqrt(v'Av / v'Bv). A and B are given scaled to norm 1; norm_ratio is |A| / |B|. With W
/// whitening A + B on its range, W'AW has the eigenvalues mu = lambda / (1 + lambda).
void ratios(const Pair& scaled, double norm_ratio, MetricDifference& result) {
  const SquareMatrix sum = scaled.A + scaled.B;
  const Matrix W = linalg::factor_psd(sum).L * linalg::invert_psd(sum).inverse;  // r x d: rows whiten the sum
  const SquareMatrix part = W * scaled.A * W.transpose();
  const Vector values = linalg::eigenvalues(part);
  const double tolerance = kTwoFactors * linalg::rank_tolerance(part.rows());
  const auto ratio = [&](double mu) {
    if (mu <= tolerance) return 0.0;
    if (1 - mu <= tolerance) return std::numeric_limits<double>::infinity();
    return std::sqrt(norm_ratio * mu / (1 - mu));
  };
  result.lowest_ratio = ratio(values(0));
  result.highest_ratio = ratio(values(part.rows() - 1));
}

}  // namespace

MetricDifference compare(const Metric& a, const Metric& b) {
  if (a.dims() != b.dims()) {
    throw InputError("one metric is over " + std::to_string(a.dims()) + " features, the other over " +
                     std::to_string(b.dims()));
  }
  MetricDifference result;
  Matrix LA = a.factor(), LB = b.factor();
  const double unit_a = linalg::unit_of(largest_entry(LA), kCommon),
               unit_b = linalg::unit_of(largest_entry(LB), kCommon);
  const double units = unit_a / unit_b;
  LA /= unit_a;
  LB /= unit_b;
  Pair pair = in_common_space(LA, LB);
  const double norm_a = pair.A.norm(), norm_b = pair.B.norm();
  if (norm_a == 0 && norm_b == 0) return result;
  const Pair same_unit = in_one_unit(pair, units);
  result.relative_difference = (same_unit.A - same_unit.B).norm() / std::max(same_unit.A.norm(), same_unit.B.norm());
  if (norm_a == 0 || norm_b == 0) {
    result.angle = 90;
    result.scale = 0;
    result.lowest_ratio = result.highest_ratio = norm_a == 0 ? 0 : std::numeric_limits<double>::infinity();
    result.same_order = false;
    return result;
  }
  result.scale = pair.A.cwiseProduct(pair.B).sum() / (norm_b * norm_b) * units * units;
  pair = {pair.A / norm_a, pair.B / norm_b};
  // Accurate for small angles too, unlike the cosine.
  result.angle = 360 / std::numbers::pi * std::atan2((pair.A - pair.B).norm(), (pair.A + pair.B).norm());

  // Ratios do not depend on the units of the features, so neither should what counts as 0.
  const Vector diagonal = diagonal_of(a, LA, unit_a) / norm_a + diagonal_of(b, LB, unit_b) / norm_b;
  const Vector unscale = diagonal.unaryExpr([](double m) { return m > 0 ? 1 / std::sqrt(m) : 1; });
  ratios(in_common_space(LA * unscale.asDiagonal() / std::sqrt(norm_a), LB * unscale.asDiagonal() / std::sqrt(norm_b)),
         norm_a / norm_b, result);
  result.lowest_ratio *= units;
  result.highest_ratio *= units;
  result.same_order = result.lowest_ratio > 0 && std::isfinite(result.highest_ratio) &&
                      result.highest_ratio <= result.lowest_ratio * (1 + kSameOrder);
  return result;
}

}  // namespace maha::metric
