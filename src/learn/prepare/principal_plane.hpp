#pragma once

#include "core/parallel.hpp"
#include "core/types.hpp"

namespace maha {

/// Rows as they lie in the plane of their greatest variance.
struct PrincipalPlane {
  Matrix Z;      ///< n x 2, about the mean of the rows
  Vector share;  ///< 2: the share of the rows' variance that each coordinate has, in [0, 1]
};

/// The first two principal components of the rows X, n x d. Where the rows vary in one direction only, or in none, the
/// other coordinates and their shares are 0. Throws InputError for no rows. Cost: d^2 a row, d^3.
PrincipalPlane principal_plane(const MatrixRef& X, const Threads& threads = Threads());

}  // namespace maha
