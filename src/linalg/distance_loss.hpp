#pragma once
/// Functions of the distances between all pairs of mapped rows, with their gradients, and without n x n memory.

#include <functional>

#include "core/run.hpp"
#include "core/types.hpp"

namespace maha::linalg {

/// A row of numbers in a larger matrix.
using RowPart = Eigen::Ref<RowVector>;

/// The loss of row i from its squared distances to all n rows, infinite to itself. Returns the loss and puts in their
/// place the derivatives w_ij of it, 0 for the row itself. Called by several threads at a time.
using RowLoss = std::function<double(Index i, RowPart squared)>;

/// f = sum_i loss_i(|z_i - z_1|^2, ..., |z_i - z_n|^2), z_i = L x_i.
struct DistanceLoss {
  double value = 0;
  /// lap(w) = sum_ij w_ij (x_i - x_j)(x_i - x_j)', d x d, the derivative of f by M = L'L; by L it is 2 L lap(w). Of
  /// M = diag(m) only the diagonal, d x 1.
  SquareMatrix scatter{};
};

/// X: n x d, best about its mean, since squared distances come from |z_i|^2 + |z_j|^2 - 2 z_i'z_j; L: r x d. If they
/// overflow, or the run is to stop, the value is infinite. The same bits on any number of threads and ranks, which share
/// out the rows i. Cost: n^2 (r + d) by matrix products, and n^2 for the losses. Memory: 64 x n for each thread, n d, and
/// 64 x n for sums. Sent: 16 n log2(n / 64) bytes a rank at most, 8 n to it, and the same with d^2 in place of n.
DistanceLoss distance_loss(const Matrix& X, const Matrix& L, const RowLoss& loss, const Run& run);

/// The same for M = diag(m), m >= 0.
DistanceLoss distance_loss_of_weights(const Matrix& X, const Vector& m, const RowLoss& loss, const Run& run);

/// Puts p_j = exp(-d_j) / sum_k exp(-d_k) in the place of d and returns log sum_k exp(-d_k). Distances are taken from
/// the least one, so that no scale of them overflows or leaves nothing; those that exceed it by 100 get exactly 0,
/// which keeps denormal numbers out of what follows. At least one d_k must be finite.
double softmax_of_negative(RowPart d);

}  // namespace maha::linalg
