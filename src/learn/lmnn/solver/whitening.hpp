#pragma once
/// Coordinates in which LMNN's pull is the trace: z = W'x with (1-mu) W'C W = I.

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "learn/lmnn/problem/cone.hpp"
#include "learn/lmnn/problem/pairs.hpp"

namespace maha::learn::lmnn {

/// Distances under N between rows of Z are those under M = W N W' between rows of X. W spans the range of the data,
/// which is smaller than R^d if features are linearly dependent.
struct Whitening {
  WhiteRows rows;    ///< Z: n x r
  SquareMatrix W;    ///< d x r
  SquareMatrix T;    ///< r x d, T W = I: N = T M T'
  double ridge = 0;  ///< added to the diagonal of C, relative to its mean; 0 if C is not singular

  /// Features that vary in directions left out of the range because they cannot be told from rounding in the scatter,
  /// and the largest share of their spread that is lost so. Empty if only rounding is left out.
  std::vector<Index> left_out;
  double left_out_share = 0;
};

/// C is the scatter of the pairs in `targets`, over the rows of X. Rows are taken about one in their middle, which
/// changes no distance. No d x d memory if there are no more rows than features.
Whitening whiten(const MatrixRef& X, const RowLists& targets, double mu, double ridge, const Threads& threads);

/// The same feature by feature: W and T are diagonal, over the features that vary.
struct WeightWhitening {
  WhiteRows rows;               ///< Z: n x r
  std::vector<Index> features;  ///< those that vary
  Vector scale;                 ///< (1-mu) C_ff: a weight over rows of X is that over Z divided by it
  double ridge = 0;
};

WeightWhitening whiten_features(const MatrixRef& X, const RowLists& targets, double mu, double ridge,
                                const Threads& threads);

}  // namespace maha::learn::lmnn
