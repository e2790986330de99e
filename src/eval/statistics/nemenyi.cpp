#include "eval/statistics/nemenyi.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/error.hpp"

namespace maha::eval {
namespace {

constexpr double kFar = 9;        // standard deviations, beyond which the density adds less than 1e-18
constexpr int kIntervals = 4000;  // of the trapezoidal rule, which converges exponentially for such densities
constexpr int kHalvings = 100;

/// P(a <= X <= b) of a standard normal X, by the tails that are smaller.
double normal_between(double a, double b) {
  const double root = std::numbers::sqrt2;
  if (a > 0) return 0.5 * (std::erfc(a / root) - std::erfc(b / root));
  return 0.5 * (std::erfc(-b / root) - std::erfc(-a / root));
}

}  // namespace

double normal_range_p_value(Index k, double q) {
  // P(range < q) = k \int phi(z) P(z - q <= X <= z)^(k-1) dz: the largest is z, the others lie below it
  const double step = 2 * kFar / kIntervals;
  double sum = 0;
  for (int i = 0; i <= kIntervals; ++i) {
    const double z = -kFar + step * i;
    sum += std::exp(-z * z / 2) * std::pow(normal_between(z - q, z), static_cast<double>(k - 1));
  }
  const double below = static_cast<double>(k) * sum * step / std::sqrt(2 * std::numbers::pi);
  return std::min(1.0, std::max(0.0, 1 - below));
}

double nemenyi_critical_difference(Index k, Index N, double significance) {
  if (k < 2 || N < 1) throw InputError("a critical difference is of two algorithms and a data set at least");
  double low = 0, high = 4 * kFar;
  for (int i = 0; i < kHalvings; ++i) {
    const double middle = (low + high) / 2;
    (normal_range_p_value(k, middle) > significance ? low : high) = middle;
  }
  const auto algorithms = static_cast<double>(k), sets = static_cast<double>(N);
  return high * std::sqrt(algorithms * (algorithms + 1) / (12 * sets));
}

}  // namespace maha::eval
