#pragma once

#include "core/random.hpp"
#include "core/types.hpp"

namespace maha::test {

/// n x d numbers, uniform in [-1, 1).
inline Matrix random_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix A(n, d);
  for (double& value : A.reshaped()) value = 2 * random.uniform() - 1;
  return A;
}

}  // namespace maha::test
