#pragma once
/// The one distance that decides: |a - b|^2 in float64 from direct differences, summed in a fixed order.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/types.hpp"
#include "linalg/wide_square.hpp"

namespace maha::neighbors {

/// sum_c (a_c - b_c)^2 over d coordinates. Lane j sums the coordinates c = j (mod 8) in order; the lanes are then added
/// as ((0+4) + (2+6)) + ((1+5) + (3+7)). So ties depend neither on the filters in front of it, nor on the compiler (no
/// contraction), nor on the vector width.
inline double squared_distance(const double* a, const double* b, Index d) {
  std::array<double, 8> lane{};
  Index c = 0;
  for (; c + 8 <= d; c += 8) {
    for (std::size_t j = 0; j < 8; ++j) {
      const double difference = a[c + static_cast<Index>(j)] - b[c + static_cast<Index>(j)];
      lane[j] += difference * difference;
    }
  }
  for (std::size_t j = 0; c < d; ++c, ++j) {
    const double difference = a[c] - b[c];
    lane[j] += difference * difference;
  }
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

/// The largest squared distance whose root, rounded to a double, is at most `distance` >= 0.
inline double largest_squared(double distance) {
  if (std::isinf(distance)) return distance;
  double squared = std::min(distance * distance, std::numeric_limits<double>::max());
  while (std::sqrt(squared) > distance) squared = std::nextafter(squared, 0.0);
  for (double next = squared; std::sqrt(next) <= distance && std::isfinite(next);) {
    squared = next;
    next = std::nextafter(next, std::numeric_limits<double>::infinity());
  }
  return squared;
}

/// Writes w = a - b in float32 and returns |w|^2 of what was written.
inline double float_difference(const double* a, const double* b, Index d, float* w) {
  std::array<double, 4> lane{};
  const auto write = [&](Index c, std::size_t j) {
    w[c] = static_cast<float>(a[c] - b[c]);
    lane[j] += static_cast<double>(w[c]) * static_cast<double>(w[c]);
  };
  Index c = 0;
  for (; c + 4 <= d; c += 4) {
    for (std::size_t j = 0; j < 4; ++j) write(c + static_cast<Index>(j), j);
  }
  for (std::size_t j = 0; c < d; ++c, ++j) write(c, j);
  return (lane[0] + lane[2]) + (lane[1] + lane[3]);
}

}  // namespace maha::neighbors
