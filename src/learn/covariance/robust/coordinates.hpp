#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::learn::covariance {

/// Coordinates in which rows have full rank, each about a robust center in units of a robust scale (scale.hpp):
/// U = (Z - 1 c') B.
struct Coordinates {
  Matrix U;              ///< n x r
  SquareMatrix B;        ///< q x r; diagonal where no linear dependence holds for all rows, r = q
  double log_scale = 0;  ///< where r = q: log |det B^-1|
};

/// Those of the rows Z (n x q). Dependences that hold for all of them are those of search/dependences.hpp. Throws
/// ExactFit, over the features of Z, where h values of a feature are the same but not all. Cost: q^2 a row + 9 q^3.
Coordinates coordinates_of(const Matrix& Z, Index h, const Threads& threads);

}  // namespace maha::learn::covariance
