#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::prepare {

/// Rows in coordinates in which their covariance is the identity.
struct WhiteRows {
  Matrix P;  ///< r x d: z = P (x - mean); r is the rank of the covariance, judged as invert_psd judges it
  Matrix Z;  ///< n x r: the rows
};

/// X: n x d, finite. Any invertible linear map of the features only turns Z. A second pass over Z gives back the digits
/// that features of unlike size or nearly dependent ones cost the first. Throws InputError for values whose squares
/// overflow, or underflow although they differ, and if the memory does not suffice. Cost: n d min(n, d) + min(n, d)^3.
WhiteRows whiten_rows(const MatrixRef& X, const Threads& threads = Threads());

/// B, d x r, the way back from rows whose covariance is the identity: x - mean = B z. X: n x d, Z: n x r.
Matrix way_back(const MatrixRef& X, const MatrixRef& Z);

}  // namespace maha::prepare
