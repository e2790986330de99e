#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "linalg/spectral/psd.hpp"

namespace maha::prepare {

/// Why the covariance of some rows is singular: which coordinates are constant, and which depend linearly on others.
/// Every learner reports it.
struct Singularity {
  Index dims = 0, rank = 0;
  std::vector<Index> constant;   ///< coordinates without variance
  std::vector<Index> dependent;  ///< coordinates that are linear combinations of others up to rounding
  std::string consequence{};     ///< what was done about it, for text()

  bool singular() const { return rank < dims; }

  /// "the covariance is singular (rank 3 of 5); without variance: a; linearly dependent: b, c". Empty if it is not.
  std::string text(const std::function<std::string(Index)>& name) const;
};

/// The singularity of a covariance that was inverted; variances: its diagonal. Rank and lost as in invert_psd.
Singularity singularity_of(Index rank, const Vector& lost, const Vector& variances);
inline Singularity singularity_of(const linalg::PsdInverse& inverse, const Vector& variances) {
  return singularity_of(inverse.rank, inverse.lost, variances);
}

/// The singularity of the rows X, n x d. If n and d both exceed 1024 the covariance is not formed: then only features
/// that repeat an earlier one up to sign, scale and offset are found. Cost: n d min(n, d), or n d where it is not
/// formed.
Singularity find_singularity(const MatrixRef& X, const Threads& threads = Threads());

}  // namespace maha::prepare
