#include "learn/covariance/robust/scale.hpp"

#include <algorithm>
#include <cmath>

#include "learn/covariance/robust/factors.hpp"

namespace maha::learn::covariance {
namespace {

constexpr double kWeighed = 4.5;  // deviations from the median beyond which a value has no part in the center
constexpr double kCounted = 3;    // deviations that a value counts for at most

/// The k-th smallest value, k from 0.
double kth(Vector& values, Index k) {
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values(k);
}

}  // namespace

double median(Vector values) {
  const Index n = values.size(), half = n / 2;
  const double upper = kth(values, half);
  if (n % 2 == 1) return upper;
  return 0.5 * upper + 0.5 * *std::max_element(values.begin(), values.begin() + half);
}

CenterAndScale tau_scale(const Vector& x, Index h) {
  const auto n = static_cast<double>(x.size());
  const double middle = median(x);
  Vector apart = (x.array() - middle).abs();
  const double within = (static_cast<double>(h) - 0.5) / n;  // share of a Gaussian within s
  const double s = kth(apart, h - 1) / gaussian_quantile(0.5 + within / 2);
  if (!(s > 0)) return {middle, 0};
  double weights = 0, sum = 0;
  for (const double value : x) {
    const double u = (value - middle) / (kWeighed * s), w = std::abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
    weights += w;
    sum += w * (value - middle);
  }
  const double center = middle + sum / weights;
  const auto u = (x.array() - center) / s;
  return {center, s * std::sqrt(u.abs().min(kCounted).square().sum() / n)};
}

ColumnScales tau_scales(const Matrix& X, Index h, const Threads& threads) {
  ColumnScales all{RowVector(X.cols()), RowVector(X.cols())};
  threads.for_tiles(X.cols(), [&](Index j) {
    const CenterAndScale found = tau_scale(X.col(j), h);
    all.center(j) = found.center;
    all.scale(j) = found.scale;
  });
  return all;
}

}  // namespace maha::learn::covariance
