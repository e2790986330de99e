#pragma once

#include "core/types.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/random_rows.hpp"

namespace maha::test {

/// r x d with orthonormal rows: X times it turns rows of r features into rows of d, and keeps their distances.
inline Matrix random_turn(Index r, Index d, std::uint64_t seed) {
  return linalg::orthonormal(SquareMatrix(random_rows(d, r, seed))).transpose();
}

}  // namespace maha::test
