#pragma once

#include <cmath>

namespace maha::learn::logdet {

/// x - log(1 + x), x > -1, to all digits near 0: there by its power series, whose terms after x^9 are below 2^-53 of
/// it.
inline double beyond_log(double x) {
  constexpr double kSeries = 0.01;
  constexpr int kTerms = 9;
  if (std::abs(x) > kSeries) return x - std::log1p(x);
  double sum = 0;
  for (int k = kTerms; k >= 2; --k) sum = (k % 2 == 0 ? 1.0 : -1.0) / k + x * sum;
  return x * x * sum;
}

}  // namespace maha::learn::logdet
