#pragma once

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"
#include "core/types.hpp"

namespace maha::prepare {

/// The second moments of similar and of dissimilar pairs, S and D, each the mean of (x_i - x_j)(x_i - x_j)', or a
/// weighted sum, in an orthonormal basis of the span of all these differences.
struct PairMoments {
  SquareMatrix similar, dissimilar;  ///< r x r: S and D of the rows divided by `unit`
  Matrix basis;                      ///< r x d, orthonormal rows
  double unit = 1;                   ///< a power of two: see linalg/units.hpp
  Index similar_pairs = 0, dissimilar_pairs = 0;
};

/// X: n x d; weights: one for each pair, positive, or none for means. The span is judged where the differences of each
/// feature have mean square 1, so that units do not decide it. Throws InputError unless there are similar and dissimilar
/// pairs, each of two different rows of X, and for values whose squares overflow. Cost: |pairs| d^2 + d^3; of n < d rows
/// n^2 d + |pairs| n^2.
PairMoments pair_moments(const MatrixRef& X, const Pairs& pairs, const Threads& threads = Threads(),
                         const Vector& weights = {});

}  // namespace maha::prepare
