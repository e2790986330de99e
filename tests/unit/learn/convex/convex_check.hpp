#pragma once
/// What holds of every convex loss of squared distances, checked without its own code.

#include <doctest/doctest.h>

#include <cmath>
#include <functional>

#include "core/random.hpp"
#include "learn/convex/certificate.hpp"
#include "learn/convex/loss.hpp"
#include "linalg/spectral/eigen.hpp"
#include "prepare/white_rows.hpp"
#include "unit/random_rows.hpp"

namespace maha::test {

/// A loss of a metric M over the rows X, as in the paper.
using PlainLoss = std::function<double(const Matrix& X, const SquareMatrix& M)>;

inline double squared_distance_under(const SquareMatrix& M, const RowVector& a, const RowVector& b) {
  return (a - b) * M * (a - b).transpose();
}

/// tr(M S), S the covariance of the rows.
inline double plain_spread(const Matrix& X, const SquareMatrix& M) {
  const Matrix C = X.rowwise() - X.colwise().mean();
  return (M * (C.transpose() * C)).trace() / static_cast<double>(X.rows());
}

inline SquareMatrix random_psd(Index d, Index rank, std::uint64_t seed) {
  const SquareMatrix L = random_rows(d, rank, seed);
  return L * L.transpose();
}

inline SquareMatrix projected(const SquareMatrix& A) {
  const linalg::Eigenpairs pairs = linalg::eigenpairs(A);
  return pairs.vectors * pairs.values.cwiseMax(0).asDiagonal() * pairs.vectors.transpose();
}

/// The gradient of f at a symmetric N, by central differences.
inline SquareMatrix differences(const std::function<double(const SquareMatrix&)>& f, const SquareMatrix& N, double h) {
  SquareMatrix G(N.rows(), N.rows());
  for (Index a = 0; a < N.rows(); ++a) {
    for (Index b = 0; b <= a; ++b) {
      SquareMatrix E = SquareMatrix::Zero(N.rows(), N.rows());
      E(a, b) += h / 2;
      E(b, a) += h / 2;
      G(a, b) = G(b, a) = (f(N + E) - f(N - E)) / (2 * h);
    }
  }
  return G;
}

/// The least f over PSD matrices, by projected gradients of differences, with a step that is halved until it goes down.
inline double least_by_projection(const std::function<double(const SquareMatrix&)>& f, Index r) {
  SquareMatrix N = SquareMatrix::Identity(r, r) / static_cast<double>(r);
  double value = f(N), step = 1;
  for (int k = 0; k < 3000 && step > 1e-9; ++k) {
    const SquareMatrix next = projected(N - step * differences(f, N, 1e-5));
    const double there = f(next);
    if (there < value) {
      N = next;
      value = there;
      step *= 1.5;
    } else {
      step /= 3;
    }
  }
  return value;
}

/// The optimum of loss + ridge tr(M S) over rows Z whose covariance is I.
inline double plain_optimum(const PlainLoss& loss, const Matrix& Z, double ridge) {
  return least_by_projection([&](const SquareMatrix& N) { return loss(Z, N) + ridge * N.trace(); }, Z.cols());
}

inline learn::convex::Evaluation evaluation_at(learn::convex::Loss& loss, const Matrix& Z, const SquareMatrix& N) {
  const Matrix L = linalg::cholesky(N + 1e-300 * SquareMatrix::Identity(N.rows(), N.rows()))->L.transpose();
  return loss.evaluate(Z * L.transpose(), Threads());
}

/// Values, gradients and dual values of a loss at small and large N.
inline void check_loss(learn::convex::Loss& loss, const Matrix& Z, const PlainLoss& plain) {
  const Index r = Z.cols();
  for (const double size : {0.01, 1.0, 30.0}) {
    CAPTURE(size);
    const SquareMatrix N = size * random_psd(r, r, 1) + 1e-4 * SquareMatrix::Identity(r, r);
    const learn::convex::Evaluation e = evaluation_at(loss, Z, N);
    const double value = plain(Z, N);
    CHECK(e.value == doctest::Approx(value).epsilon(1e-11));
    const SquareMatrix G = differences([&](const SquareMatrix& A) { return plain(Z, A); }, N, 1e-5);
    CHECK((e.gradient - G).norm() <= 1e-7 * (1 + G.norm()));
    const double dual = e.value - (e.gradient * N).trace();
    CHECK(e.dual == doctest::Approx(dual).epsilon(1e-10));
    // Concave and not negative at 0, so that the bound from 1 alone is no better than that from kShrunk.
    CHECK(e.shrunk >= learn::convex::kShrunk * e.dual - 1e-12);
    CHECK(e.gradient_error < 1e-10);
    CHECK(e.dual_error < 1e-9);
  }
}

/// g on a segment lies below its chord.
inline void check_convex(const PlainLoss& plain, learn::convex::Loss& loss, const Matrix& Z) {
  const auto g = [&](const SquareMatrix& N) { return evaluation_at(loss, Z, N).value; };
  const SquareMatrix A = random_psd(Z.cols(), Z.cols(), 2), B = 20 * random_psd(Z.cols(), Z.cols(), 3);
  for (const double t : {0.1, 0.5, 0.9}) {
    CHECK(g((1 - t) * A + t * B) <= (1 - t) * g(A) + t * g(B) + 1e-12);
    CHECK(plain(Z, (1 - t) * A + t * B) == doctest::Approx(g((1 - t) * A + t * B)).epsilon(1e-10));
  }
}

/// No bound from anywhere exceeds the optimum that another solver finds, and near the optimum they meet.
inline void check_bounds(learn::convex::Loss& loss, const Matrix& Z, const PlainLoss& plain, double ridge) {
  const double optimum = plain_optimum(plain, Z, ridge);
  double best = 0;
  for (int seed = 0; seed < 40; ++seed) {
    const double size = std::pow(10.0, seed % 5 - 2);
    const SquareMatrix N = size * random_psd(Z.cols(), Z.cols(), static_cast<std::uint64_t>(seed + 10));
    const double bound = learn::convex::lower_bound(evaluation_at(loss, Z, N), ridge);
    CHECK(bound <= optimum * (1 + 1e-9));
    best = std::max(best, bound);
  }
  CHECK(best > 0);
}

}  // namespace maha::test
