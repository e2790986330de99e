#pragma once

#include "core/types.hpp"

namespace maha::linalg {

/// Gives a matrix whose lower triangle is computed the upper one too.
inline void mirror_lower(SquareMatrix& A) { A.triangularView<Eigen::StrictlyUpper>() = A.transpose(); }

}  // namespace maha::linalg
