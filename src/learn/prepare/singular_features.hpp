#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "linalg/psd.hpp"

namespace maha {

/// Why the covariance of some rows is singular: which coordinates are constant, and which are linear combinations of
/// others. What every learner has to say of its features.
struct Singularity {
  Index dims = 0, rank = 0;
  std::vector<Index> constant;   ///< coordinates without variance
  std::vector<Index> dependent;  ///< coordinates that are, but for rounding, linear combinations of others
  std::string consequence{};     ///< what was done about it, for the text

  bool singular() const { return rank < dims; }

  /// "the covariance is singular (rank 3 of 5); without variance: a; linearly dependent: b, c". Empty if it is not.
  std::string text(const std::function<std::string(Index)>& name) const;
};

/// Of a covariance that was inverted; variances: its diagonal. Rank as in invert_psd.
Singularity singularity_of(const PsdInverse& inverse, const Vector& variances);

/// Of rows X, n x d. Where n and d are both above 1024 the covariance is not formed: `rank` counts, and `dependent`
/// lists, only features that repeat an earlier one but for sign, scale and offset. Cost: n d min(n, d), beyond n d.
Singularity find_singularity(const MatrixRef& X, const Threads& threads = Threads());

}  // namespace maha
