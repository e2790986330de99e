#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::prepare {

/// Rows projected on the plane of their greatest variance.
struct PrincipalPlane {
  Matrix Z;      ///< n x 2, about the mean of the rows
  Vector share;  ///< 2: the share of the rows' variance along each coordinate, in [0, 1]
};

/// The first two principal components of the rows X, n x d. Coordinates in which the rows do not vary are 0, and so are
/// their shares. Throws InputError for no rows. Cost: n d^2 + d^3, or n^2 d + n^3
/// for fewer rows than features.
PrincipalPlane principal_plane(const MatrixRef& X, const Threads& threads = Threads());

}  // namespace maha::prepare
