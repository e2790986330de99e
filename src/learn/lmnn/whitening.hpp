#pragma once
/// The coordinates in which LMNN's pull is the trace: z = W'x with W'(1-mu)C W = I.

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "learn/lmnn/cone.hpp"
#include "learn/lmnn/pairs.hpp"

namespace maha::lmnn {

/// Distances under N between rows of Z are those under M = W N W' between rows of X. Where features are dependent, W
/// spans the range of the data.
struct Whitening {
  WhiteRows rows;    ///< Z: n x r
  SquareMatrix W;    ///< d x r
  SquareMatrix T;    ///< r x d, T W = I: N = T M T'
  double ridge = 0;  ///< what was added to the mean diagonal of C, relative to it; 0 where C is not singular

  /// Features that vary in a direction which is left out of the range since it cannot be told from rounding in the
  /// scatter, and by how much at most, relative to their spread. Empty where what is left out is rounding itself.
  std::vector<Index> left_out;
  double left_out_share = 0;
};

/// `targets` is the list behind C; C is over the rows of X. Rows are taken about one in their middle, which changes no
/// distance. Nothing is d x d where there are no more rows than features.
Whitening whiten(const MatrixRef& X, const RowLists& targets, double mu, double ridge, const Threads& threads);

/// The same feature by feature: W and T are diagonal matrices over the features that vary.
struct WeightWhitening {
  WhiteRows rows;               ///< Z: n x r
  std::vector<Index> features;  ///< those that vary
  Vector scale;                 ///< (1-mu) C_ff: a weight over rows of X is that over Z divided by it
  double ridge = 0;
};

WeightWhitening whiten_features(const MatrixRef& X, const RowLists& targets, double mu, double ridge,
                                const Threads& threads);

}  // namespace maha::lmnn
