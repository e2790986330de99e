#pragma once
/// The cone in which LMNN seeks its metric, over whitened rows z: positive semidefinite N, or N = diag(w), w >= 0.

#include <memory>

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "learn/lmnn_pairs.hpp"

namespace maha::lmnn {

/// A point of the cone. Distances under N are Euclidean between the rows of P.
struct Point {
  SquareMatrix N;  ///< d x d, or d x 1: the weights
  Matrix P;        ///< n x r, r the rank of N: z V diag(root)
  Vector root;     ///< square roots of the positive eigenvalues or weights, the largest first
  SquareMatrix V;  ///< d x r: eigenvectors (unit vectors for weights)

  /// The same but for P, which is as large as the data.
  Point without_rows() const { return {N, Matrix(), root, V}; }
};

/// What the method asks of a cone. Points, gradients and symmetric matrices are d x d, or d x 1 where only the diagonal
/// counts; <A, B> is the sum of products in both.
class Cone {
 public:
  Cone(Matrix Z, Threads threads) : Z_(std::move(Z)), threads_(std::move(threads)) {}
  virtual ~Cone() = default;

  const Matrix& rows() const { return Z_; }
  const Threads& threads() const { return threads_; }

  /// I: <I, N> is the trace.
  virtual SquareMatrix identity() const = 0;
  /// The point nearest to A. A guess at its rank changes nothing but the time.
  virtual Point project(const SquareMatrix& A, Index rank_guess) const = 0;
  Point project(const SquareMatrix& A) const { return project(A, A.rows()); }
  /// H = sum of weight (z_i - z_o)(z_i - z_o)'.
  virtual SquareMatrix scatter(const Pairs& pairs, const PairValues& weights) const = 0;
  /// (z_i - z_o)' Y (z_i - z_o), Y symmetric.
  virtual PairValues forms(const Pairs& pairs, const SquareMatrix& Y) const = 0;
  /// A number that the largest eigenvalue of H does not exceed, rounding included.
  virtual double largest_eigenvalue(const SquareMatrix& H) const = 0;
  /// The cone over the rows V'z: the face of this one that has the point in its interior.
  virtual std::unique_ptr<Cone> face(const Point& point) const = 0;

 protected:
  Matrix Z_;  // n x d
  Threads threads_;
};

std::unique_ptr<Cone> psd_cone(Matrix Z, const Threads& threads);
std::unique_ptr<Cone> weight_cone(Matrix Z, const Threads& threads);

}  // namespace maha::lmnn
