#pragma once
/// Bounds on the rounding of filtered distances, so that a filter rules out nothing that exact arithmetic would keep.
///
/// Filters work with centred rows scaled by a power of two, z(x) = scale (x - centre), and with alpha(x): the
/// coordinates of z(x) in an orthonormal basis, plus the norm of what the basis leaves out. Then
///   |alpha(q) - alpha(x)| <= |z(q) - z(x)| = scale |q - x|,
/// and for computed values |alpha^(x) - alpha(x)| <= delta(x) (rotation.hpp). A row x is kept for a query q if
///   |alpha^(q) - alpha^(x)| <= reach(q) + delta(q) + delta(x),
/// where reach(q) is at least scale |q - x| for every row whose computed squared distance is at most the limit.
/// Notation: u = 2^-53 or 2^-24, gamma_n = n u / (1 - n u) (Higham, Accuracy and Stability, section 3.1).

#include <cmath>
#include <limits>

#include "core/types.hpp"

namespace maha::neighbors {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kUnit64 = 0x1p-53;
inline constexpr double kUnit32 = 0x1p-24;

/// Scaled coordinates below this may have been lost to float32 underflow.
inline constexpr double kUnderflow32 = 0x1p-120;

/// Allows for the rounding of a few float64 operations.
inline constexpr double kSlack = 1 + 1e-9;

inline double gamma64(Index n) {
  const double nu = static_cast<double>(n) * kUnit64;
  return nu / (1 - nu);
}

inline double gamma32(Index n) {
  const double nu = static_cast<double>(n) * kUnit32;
  return nu / (1 - nu);
}

/// The largest scaled distance of a row of d coordinates whose computed squared distance is at most `squared`.
/// squared_distance() is a sum of d squared differences, where each operation may err by u or underflow.
inline double reach(double squared, double scale, Index d) {
  const double exact = squared * (1 + 2 * gamma64(d + 4)) + static_cast<double>(d) * 0x1p-1070;
  return scale * std::sqrt(exact) * (1 + 8 * kUnit64);
}

/// x as a float32 that is no larger: the nearest one, or if that is above x, one at least a unit in the last place
/// lower. |x| is at most the largest float32.
inline float round_down(double x) {
  const auto nearest = static_cast<float>(x);
  return static_cast<double>(nearest) > x ? nearest - std::abs(nearest) * 0x1p-23f - 0x1p-149f : nearest;
}

/// x as a float32 that is no smaller.
inline float round_up(double x) { return -round_down(-x); }

}  // namespace maha::neighbors
