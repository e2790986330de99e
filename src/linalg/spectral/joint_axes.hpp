#pragma once
/// A v = lambda B v for scatters A and B.

#include "core/types.hpp"

namespace maha::linalg {

/// Axes along which two scatters A and B are both diagonal.
struct JointAxes {
  Matrix axes;    ///< r x d: V, an axis a row, with V (A + B) V' = I, the largest `first` first
  Vector first;   ///< r: the diagonal of V A V', in [0, 1]
  Vector second;  ///< r: that of V B V'; with `first` it adds up to 1
};

/// A, B: d x d, positive semidefinite. The axes solve A v = lambda B v with lambda = first / second, and where B is
/// singular as well, which lambda hides; r is the rank of A + B, judged as invert_psd() judges it. A multiple of A + B
/// added to A or B changes no axis, only `first` or `second`, by that multiple. Each is summed from its own matrix,
/// since 1 - first would cancel. Cost: about 20 d^3.
JointAxes joint_axes(const SquareMatrix& A, const SquareMatrix& B);

/// max |A v - lambda B v| / (|lambda| |B v|) over the rows v of V and their lambda; 0 without rows.
double generalized_residual(const SquareMatrix& A, const SquareMatrix& B, const Matrix& V, const Vector& lambda);

}  // namespace maha::linalg
