#pragma once

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"
#include "core/types.hpp"

namespace maha::prepare {

/// The second moments of similar and of dissimilar pairs, S and D, each the mean of (x_i - x_j)(x_i - x_j)', or a
/// weighted sum, in a basis of the span of all these differences.
struct PairMoments {
  SquareMatrix similar, dissimilar;  ///< r x r: S and D of the rows divided by `unit`
  Matrix basis;                      ///< r x d: z = basis x / unit
  double unit = 1;                   ///< a power of two: see linalg/units.hpp
  Index similar_pairs = 0, dissimilar_pairs = 0;
};

/// The sums of (x_i - x_j)(x_i - x_j)' over pairs of either kind, and how many these are.
struct PairScatters {
  SquareMatrix similar, dissimilar;  ///< d x d
  Index similar_pairs = 0, dissimilar_pairs = 0;
};

/// Which basis: orthonormal rows, or such that (S + D) / 2 is the identity, but for rounding. Then any invertible
/// linear map of the features only turns S and D.
enum class PairBasis { orthonormal, white };

/// X: n x d; weights: one for each pair, positive, or none for means. The span is judged where the differences of each
/// feature have mean square 1, so that units do not decide it. Throws InputError unless there are similar and
/// dissimilar pairs, each of two different rows of X, and for values whose squares overflow. Cost: |pairs| d^2 + d^3;
/// of n < d rows n^2 d + |pairs| n^2.
PairMoments pair_moments(const MatrixRef& X, const Pairs& pairs, const Threads& threads = Threads(),
                         PairBasis basis = PairBasis::orthonormal, const Vector& weights = {});

/// The same of all pairs of rows, similar if they are of one class. No pair is listed: with S_c the scatter of the n_c
/// rows of class c about their mean m_c, and m the mean of all rows, the sums over the pairs of either kind are
///   sum_c n_c S_c  and  sum_c (n - n_c) S_c + n sum_c n_c (m_c - m)(m_c - m)',
/// in which nothing cancels. Throws InputError if there are no pairs of a kind. Cost: n d^2 + d^3; of n < d rows n^2 d.
PairMoments class_moments(const MatrixRef& X, const Labels& y, const Threads& threads = Threads(),
                          PairBasis basis = PairBasis::orthonormal);

/// The same where only the sums over the pairs are known. A white basis then gives back no digits that features of
/// unlike size or nearly dependent ones cost the sums.
PairMoments pair_moments(const PairScatters& scatters, PairBasis basis = PairBasis::orthonormal);

}  // namespace maha::prepare
