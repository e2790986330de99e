#include "learn/covariance/shrinkage.hpp"

#include <algorithm>

#include "linalg/units.hpp"

namespace maha::learn::covariance {

namespace {

constexpr int kCommon = 400;  // binary exponent up to which S needs no unit: squares of 2^800 are within range

/// The weights take squares of S but do not depend on its unit, so S is measured in this one.
double unit_of_trace(const SquareMatrix& S) { return linalg::unit_of(S.trace(), kCommon); }

}  // namespace

double ledoit_wolf_weight(const SquareMatrix& S, double sum_fourth, Index n, Index d) {
  if (const double unit = unit_of_trace(S); unit != 1)
    return ledoit_wolf_weight(S / unit, sum_fourth / unit / unit, n, d);
  const auto rows = static_cast<double>(n);
  const double m = S.trace() / static_cast<double>(d);
  const double b2 = sum_fourth / rows / rows - S.squaredNorm() / rows;
  const double d2 =
      (S - m * SquareMatrix::Identity(S.rows(), S.cols())).squaredNorm() + static_cast<double>(d - S.rows()) * m * m;
  return d2 > 0 ? std::clamp(b2 / d2, 0.0, 1.0) : 0;
}

double oas_weight(const SquareMatrix& S, Index n, Index features) {
  if (const double unit = unit_of_trace(S); unit != 1) return oas_weight(S / unit, n, features);
  const auto rows = static_cast<double>(n), d = static_cast<double>(features);
  const double trace = S.trace(), trace_of_square = S.squaredNorm();
  const double numerator = (1 - 2 / d) * trace_of_square + trace * trace;
  const double denominator = (rows + 1 - 2 / d) * (trace_of_square - trace * trace / d);
  return denominator > 0 ? std::clamp(numerator / denominator, 0.0, 1.0) : 0;
}

}  // namespace maha::learn::covariance
