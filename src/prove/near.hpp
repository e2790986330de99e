#pragma once
/// Matrices and rows that are known but for a small distance, and what can be said of them all the same.

#include <vector>

#include "core/types.hpp"
#include "prove/interval.hpp"

namespace maha::prove {

inline constexpr Index kBlock = 1024;  // pairs that are summed up at a time
inline constexpr int kSweeps = 30;     // of rotations; after some eight nothing is left to turn

/// At least what was computed as x >= 0 with so many roundings; squares that underflow in a norm are covered too.
inline double up(double x, Index roundings) { return x * (1 + 4 * kU * static_cast<double>(roundings + 8)) + 0x1p-500; }
inline double norm(const Matrix& A) { return up(A.norm(), A.size()); }

/// What a sum of products may have lost, relative to the sum of their sizes, in whatever order it was added up: with n
/// terms n u / (1 - n u) (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1). Twice that, and 8 terms
/// more for the rounding of what they were computed from.
inline double lost(Index terms) { return 2 * kU * static_cast<double>(terms + 8); }

// ---- Matrices -------------------------------------------------------------------------------------------------------

/// All matrices within `off` of `at` in the Frobenius norm, which is never less than how far one moves a vector.
struct Near {
  Matrix at;
  double off = 0;
};

inline Near operator+(const Near& A, const Near& B) {
  return {A.at + B.at, up(A.off + B.off + lost(1) * (norm(A.at) + norm(B.at)), 4)};
}

inline Near operator*(const Near& A, const Near& B) {
  const double a = norm(A.at), b = norm(B.at);
  return {A.at * B.at, up(lost(B.at.rows()) * a * b + A.off * (b + B.off) + a * B.off, 8)};
}

/// Jacobi's rotations, multiplied up: a row of V for each eigenvector. Nothing relies on how well they do.
inline Matrix rotations(Matrix A) {
  const Index d = A.rows();
  Matrix V = Matrix::Identity(d, d);
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (Index p = 0; p < d; ++p) {
      for (Index q = p + 1; q < d; ++q) {
        if (!(std::abs(A(p, q)) > kU * std::sqrt(std::abs(A(p, p)) * std::abs(A(q, q))))) continue;
        const double theta = (A(q, q) - A(p, p)) / (2 * A(p, q));
        const double t = (theta < 0 ? -1 : 1) / (std::abs(theta) + std::hypot(theta, 1.0));
        const double c = 1 / std::hypot(t, 1.0), s = t * c;
        const auto turn = [c, s](auto a, auto b) {
          const RowVector old = a;
          a = c * old - s * b;
          b = s * old + c * b;
        };
        turn(A.row(p), A.row(q));
        turn(A.col(p).transpose(), A.col(q).transpose());
        turn(V.row(p), V.row(q));
      }
    }
  }
  return V;
}

/// The eigenvalues of A, which is symmetric, from the smallest to the largest.
/// The k-th eigenvalue of VAV' is that of A times a number within |VV' - I| of 1 (Ostrowski; Horn & Johnson, Matrix
/// Analysis, theorem 4.5.9), and it differs from the k-th of VAV''s diagonal by no more than the rest of VAV' (Weyl,
/// theorem 4.3.1).
inline std::vector<Interval> eigenvalues(const Near& A) {
  const Index d = A.at.rows();
  const Near V{rotations(A.at)}, back{V.at.transpose()}, turned = V * A * back;
  const Near error = V * back + Near{-Matrix::Identity(d, d)};
  Vector diagonal = turned.at.diagonal();
  const double rest = up(norm(turned.at - Matrix(diagonal.asDiagonal())) + turned.off, 4);
  const Interval factor = plus_minus(1, up(norm(error.at) + error.off, 4));
  std::sort(diagonal.begin(), diagonal.end());
  std::vector<Interval> all;
  for (const double value : diagonal) all.push_back(plus_minus(value, rest) / factor);
  return all;
}

/// t >= 0, for which by its upper end t A - G is positive semidefinite; -inf to inf if A is not known to be positive
/// definite.
inline Interval ratio(const Near& G, const Near& A) {
  const std::vector<Interval> g = eigenvalues(G), a = eigenvalues(A);
  if (a.empty() || !(a.front().lo > 0)) return {-kInfinity, kInfinity};
  return max(g.back(), 0) / a.front();
}

// ---- Rows -----------------------------------------------------------------------------------------------------------

/// Rows: the i-th lies within off(i) of that of `at`.
struct Cloud {
  Matrix at;
  Vector off;

  Interval distance(Index i, Index j) const {
    const double length = (at.row(i) - at.row(j)).norm();
    const Interval d = plus_minus(length, up(lost(at.cols()) * length + off(i) + off(j), 2));
    return {std::max(0.0, d.lo), d.hi};
  }
  Interval squared(Index i, Index j) const { return distance(i, j) * distance(i, j); }
};

/// The rows A x. An entry of X or A may be off by three roundings.
inline Cloud map(const MatrixRef& X, const Matrix& A) {
  const Vector size = (X.cwiseAbs() * A.cwiseAbs().transpose()).rowwise().norm();
  return {X * A.transpose(), size.unaryExpr([&](double s) { return up(lost(X.cols()) * s, A.size()); })};
}

/// sum weight (z_i - z_j)(z_i - z_j)' over pairs, or of that the diagonal alone. A weight may be off by three roundings.
struct Weighted {
  Index i, j;
  double weight;
};
inline Near scatter(const Cloud& Z, const std::vector<Weighted>& pairs, bool diagonal = false) {
  const Index count = std::ssize(pairs), blocks = count / kBlock + 1;
  Near sum{Matrix::Zero(Z.at.cols(), Z.at.cols())};
  for (Index begin = 0; begin < count; begin += kBlock) {
    Matrix D(std::min(kBlock, count - begin), Z.at.cols());
    Vector weights(D.rows());
    for (Index p = 0; p < D.rows(); ++p) {
      const auto& [i, j, weight] = pairs[static_cast<std::size_t>(begin + p)];
      D.row(p) = Z.at.row(i) - Z.at.row(j);
      weights(p) = weight;
      // |dd' - ee'| <= (2 |d| + |d - e|) |d - e|, and the rounding of D'WD is relative to the sum of w |d|^2
      const double length = up(D.row(p).norm(), D.cols()), off = up(Z.off(i) + Z.off(j) + 2 * kU * length, 4);
      sum.off += std::abs(weight) * ((2 * length + off) * off + lost(kBlock + blocks) * length * length);
    }
    sum.at += D.transpose() * weights.asDiagonal() * D;
  }
  sum.off = up(sum.off, count + 8);
  if (diagonal) sum.at = Matrix(sum.at.diagonal().asDiagonal());
  return sum;
}

}  // namespace maha::prove
