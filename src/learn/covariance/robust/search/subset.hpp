#pragma once

#include <optional>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::learn::covariance {

inline constexpr Index kRowsTogether = 256;  ///< that a thread takes at a time

/// Rows by index, ascending.
using Subset = std::vector<Index>;

/// The mean and the covariance S (divisor: their number) of some rows, S as what makes it the identity.
struct Ellipsoid {
  RowVector mean;              ///< d
  SquareMatrix whitening;      ///< W, lower triangular: W S W' = I
  double log_determinant = 0;  ///< of S
};

/// That of the rows of U (n x d), or nothing if it is singular: judged as everywhere, on the correlations
/// (linalg/rounding.hpp, rank_tolerance). Cost: d^2 a row + d^3.
std::optional<Ellipsoid> ellipsoid_of(const Matrix& U, const Subset& rows, const Threads& threads);

/// n: |W (u - mean)|^2 for each row of U. Cost: d^2 a row.
Vector distances_from(const Matrix& U, const Ellipsoid& shape, const Threads& threads);

/// The h rows of least distance; of equal ones, those that come first.
Subset nearest(const Vector& distances, Index h);

/// A hyperplane a'u + c = 0, with the rows that lie on it up to rounding.
struct Hyperplane {
  Vector a;     ///< d
  Subset rows;  ///< of all rows
};

/// That on which some rows of U lie whose covariance is singular; nothing if it is so only because some of them are
/// too far away for the digits of a number.
std::optional<Hyperplane> hyperplane_of(const Matrix& U, const Subset& rows, const Threads& threads);

/// Thrown where h rows lie on a hyperplane, so that the least determinant is 0: the exact fit.
struct ExactFit {
  Hyperplane plane;
};

struct Concentrated {
  Subset rows;
  Ellipsoid shape;
};

/// C-steps: from some rows to the equally many that are nearest to their mean, under their covariance. Its determinant
/// never rises (Rousseeuw & Van Driessen, Technometrics 41:212-223, 1999, theorem 1). Ends when it no longer falls, or
/// after so many steps; at once, with an infinite one, where rows are too far away. Throws ExactFit.
Concentrated concentrate(const Matrix& U, Subset rows, const Threads& threads);
Concentrated concentrate(const Matrix& U, Subset rows, Index most_steps, const Threads& threads);

}  // namespace maha::learn::covariance
