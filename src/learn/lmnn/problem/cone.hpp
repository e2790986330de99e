#pragma once
/// The cone over which LMNN minimises, for whitened rows z: positive semidefinite N, or N = diag(w) with w >= 0.

#include <memory>

#include "core/team.hpp"
#include "core/types.hpp"
#include "learn/lmnn/problem/pairs.hpp"

namespace maha::learn::lmnn {

/// A point of the cone. Distances under N are Euclidean between the rows of P.
struct Point {
  SquareMatrix N;  ///< d x d, or d x 1: the weights
  Matrix P;        ///< n x r, r the rank of N: Z V diag(root)
  Vector root;     ///< r: square roots of the positive eigenvalues or weights, largest first
  SquareMatrix V;  ///< d x r: eigenvectors (unit vectors for weights)

  /// The same without P, which is as large as the data.
  Point without_rows() const { return {N, Matrix(), root, V}; }
};

/// Whitened rows, with bounds on their rounding.
struct WhiteRows {
  Matrix Z;             ///< n x d
  double error{};       ///< how far a row of Z can be from that of exact arithmetic
  double pull_error{};  ///< how far any eigenvalue of the pull's matrix, computed from Z, can be from 1
};

/// How far an eigenvalue of a scatter of Z can be off because of the rows' errors, if the |weights| of the pairs of row
/// i sum to degree[i].
double scatter_doubt(const WhiteRows& rows, const Vector& degree);

/// Triplets whose positive hinges are treated as linear, with the multiplier mu: they add alpha - <H, N> to the
/// objective. That is a lower bound on their hinges everywhere, as a hinge is convex.
struct LinearPart {
  Index triplets = 0;
  double alpha = 0;  ///< mu times their number
  SquareMatrix H;    ///< mu sum (C_il - C_ij); empty if there are none
  double doubt = 0;  ///< how far an eigenvalue of H can be off because of the rows' errors
};

/// What the method needs of a cone. Points, gradients and symmetric matrices are d x d, or d x 1 where only the
/// diagonal counts; <A, B> is the sum of products in either case.
class Cone {
 public:
  Cone(WhiteRows rows, Team team) : white_(std::move(rows)), team_(std::move(team)) {}
  virtual ~Cone() = default;

  const Matrix& rows() const { return white_.Z; }
  const Team& team() const { return team_; }

  /// I: <I, N> is the trace.
  virtual SquareMatrix identity() const = 0;
  /// The point nearest to A. The guess at its rank affects only the time.
  virtual Point project(const SquareMatrix& A, Index rank_guess) const = 0;
  Point project(const SquareMatrix& A) const { return project(A, A.rows()); }
  /// H = sum of weight (z_i - z_o)(z_i - z_o)'.
  virtual SquareMatrix scatter(const MeasuredPairs& pairs, const PairValues& weights) const = 0;
  /// Z'B + B'Z, B: n x d.
  virtual SquareMatrix product(const Matrix& B) const = 0;
  /// (z_i - z_o)' Y (z_i - z_o), Y symmetric.
  virtual PairValues forms(const MeasuredPairs& pairs, const SquareMatrix& Y) const = 0;
  /// An upper bound on the largest eigenvalue of H, rounding included.
  virtual double largest_eigenvalue(const SquareMatrix& H) const = 0;

  /// How far an eigenvalue of scatter() can be off because of the rows' errors; see scatter_doubt.
  double doubt(const MeasuredPairs& pairs, const PairValues& weights) const;
  double doubt(const Vector& degree) const;
  /// An upper bound on v'Hv / pull(v) over all v, both in exact arithmetic.
  double largest_ratio(const SquareMatrix& H, double doubt) const;

  /// The cone over the rows V'z: the face of this cone that has the point in its interior.
  virtual std::unique_ptr<Cone> face(const Point& point) const = 0;

 protected:
  WhiteRows white_;
  Team team_;
};

std::unique_ptr<Cone> psd_cone(WhiteRows rows, const Team& team);
std::unique_ptr<Cone> weight_cone(WhiteRows rows, const Team& team);

}  // namespace maha::learn::lmnn
