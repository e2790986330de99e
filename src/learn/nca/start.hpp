#pragma once

#include "learn/nca/problem.hpp"

namespace maha::learn::nca {

/// L = A S over rows z: the search is over A, in the coordinates S z.
struct Start {
  SquareMatrix S;  ///< r x r
  Matrix A;        ///< k x r
};

/// Where to begin, over the rows Z (n x r, covariance I) that the rows X (n x d) span. The candidates are the Euclidean
/// distance of X and of the standardised X; of a lower rank than r the leading principal axes of each, and the linear
/// discriminants if there are so many. Each is scaled so that the neighbours of a row are, in effect, a third of a
/// class; taken is the one whose loss over some rows is least.
Start best_start(const MatrixRef& X, const Matrix& Z, const Labels& y, const NcaOptions& options);

/// A start from L, k x d, as it is.
Start start_from(const Matrix& L, const MatrixRef& X, const Matrix& Z, Index rank);

/// The same for weights of standardised features: X, n x d, and the weights of equal votes, or of raw features, scaled.
Vector best_weights(const Matrix& X, const RowVector& deviations, const Labels& y, Objective objective);

}  // namespace maha::learn::nca
