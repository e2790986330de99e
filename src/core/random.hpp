#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Random numbers that are the same on every platform: xoshiro256** (Blackman & Vigna, ACM TOMS 47, 2021) seeded by
/// splitmix64, and our own distributions, since those of `std::` differ between libraries.
class Random {
 public:
  explicit Random(std::uint64_t seed);

  /// 64 random bits.
  std::uint64_t next();

  /// Uniform in [0, n), without bias. n >= 1.
  Index below(Index n);

  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform();

  /// Fisher-Yates.
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      std::swap(items[i - 1], items[static_cast<std::size_t>(below(static_cast<Index>(i)))]);
    }
  }

 private:
  std::array<std::uint64_t, 4> state_;
};

/// `count` of n rows drawn without replacement, ascending; all of them if there are no more.
std::vector<Index> draw_rows(Index n, Index count, Random random);

}  // namespace maha
