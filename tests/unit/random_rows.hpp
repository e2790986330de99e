#pragma once

#include "core/random.hpp"
#include "core/types.hpp"

namespace maha::test {

/// n x d numbers, uniform in [0, 1).
inline Matrix uniform_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix A(n, d);
  for (double& value : A.reshaped()) value = random.uniform();
  return A;
}

/// n x d numbers, uniform in [-1, 1).
inline Matrix random_rows(Index n, Index d, std::uint64_t seed) { return 2 * uniform_rows(n, d, seed).array() - 1; }

}  // namespace maha::test
