#include "learn/gmml/gmml.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/apart.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/learn/two_kinds_of_pairs.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::apart;

namespace {

Fit mean_of(const RowsAndPairs& e, const gmml::GmmlOptions& options = {}) {
  return gmml::fit_gmml({.X = e.X, .pairs = e.pairs}, options);
}

SquareMatrix with_ridge(const SquareMatrix& S, double share) {
  const Index d = S.rows();
  return S + share * S.trace() / static_cast<double>(d) * SquareMatrix::Identity(d, d);
}

/// The power of a symmetric positive definite matrix.
SquareMatrix power(const SquareMatrix& A, double t) {
  const linalg::Eigenpairs pairs = linalg::eigenpairs(A);
  return pairs.vectors * pairs.values.array().pow(t).matrix().asDiagonal() * pairs.vectors.transpose();
}

}  // namespace

TEST_CASE("gmml: M S M = D at t = 1/2, M = S^-1 at 0, M = D at 1, and on the geodesic between") {
  const RowsAndPairs e = test::two_kinds_of_pairs(60, 5, 200, 1);
  const double ridge = 1e-2;
  const SquareMatrix S = with_ridge(test::mean_square(e, true), ridge),
                     D = with_ridge(test::mean_square(e, false), ridge);
  const auto at = [&](double t) { return mean_of(e, {.t = t, .ridge = ridge}).linear().matrix(); };
  CHECK(apart(at(0.5) * S * at(0.5), D) <= 1e-12);
  CHECK(apart(at(0) * S, SquareMatrix::Identity(5, 5)) <= 1e-12);
  CHECK(apart(at(1), D) <= 1e-12);
  // S^-1/2 (S^1/2 D S^1/2)^t S^-1/2, by another factor of S
  const SquareMatrix half = power(S, 0.5), back = power(S, -0.5);
  CHECK(apart(at(0.3), back * power(half * D * half, 0.3) * back) <= 1e-11);
  CHECK(number(mean_of(e), "residual") <= 1e-12);
  CHECK_FALSE(value_of(mean_of(e, {.t = 0.4}), "residual").has_value());
}

TEST_CASE("gmml: no symmetric step away from M makes tr(MS) + tr(M^-1 D) smaller") {
  const RowsAndPairs e = test::two_kinds_of_pairs(60, 4, 200, 2);
  const SquareMatrix S = with_ridge(test::mean_square(e, true), 1e-3),
                     D = with_ridge(test::mean_square(e, false), 1e-3);
  const SquareMatrix M = mean_of(e).linear().matrix();
  const auto value = [&](const SquareMatrix& N) { return (N * S).trace() + (power(N, -1) * D).trace(); };
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const SquareMatrix A = test::random_rows(4, 4, seed);
    CHECK(value(M + 1e-3 * M.norm() * (A + A.transpose())) > value(M));
  }
}

TEST_CASE("gmml: rotations, offsets and the order of pairs change no distance; units only scale it") {
  const RowsAndPairs e = test::two_kinds_of_pairs(50, 4, 150, 3);
  const SquareMatrix D = test::row_distances(mean_of(e), e.X);
  const auto change = [&](const RowsAndPairs& other, double times) {
    return (test::row_distances(mean_of(other), other.X) - times * D).cwiseAbs().maxCoeff() / (times * D.maxCoeff());
  };
  const SquareMatrix Q = linalg::orthonormal(SquareMatrix(test::random_rows(4, 4, 4)));
  CHECK(change({e.X * Q, e.pairs}, 1) <= 1e-11);
  CHECK(change({e.X.array() + 1e6, e.pairs}, 1) <= 1e-8);
  CHECK(change({e.X, Pairs(e.pairs.rbegin(), e.pairs.rend())}, 1) <= 1e-12);
  // M of c X is that of X at t = 1/2: the distances are c times as long, also beyond the range of squares
  CHECK(change({e.X * 8, e.pairs}, 8) <= 1e-12);
  CHECK(change({e.X * 0x1p300, e.pairs}, 0x1p300) <= 1e-12);
  CHECK(change({e.X * 0x1p-300, e.pairs}, 0x1p-300) <= 1e-12);
  const gmml::GmmlOptions inverse{.t = 0};
  const RowsAndPairs large{e.X * 0x1p300, e.pairs};
  CHECK(
      (test::row_distances(mean_of(large, inverse), large.X) - test::row_distances(mean_of(e, inverse), e.X)).norm() <=
      1e-9);
}

TEST_CASE("gmml: directions in which no pair differs get no weight, and change nothing") {
  const RowsAndPairs e = test::two_kinds_of_pairs(40, 3, 100, 5);
  RowsAndPairs more{Matrix(40, 4), e.pairs};
  more.X << e.X, Vector::Constant(40, 3);
  const Fit fit = mean_of(more);
  CHECK(number(fit, "rank") == 3);
  CHECK(fit.linear().diagonal()[3] <= 1e-20);
  CHECK((test::row_distances(fit, more.X) - test::row_distances(mean_of(e), e.X)).cwiseAbs().maxCoeff() <= 1e-10);

  const RowsAndPairs wide = test::two_kinds_of_pairs(10, 200, 30, 6);
  CHECK(number(mean_of(wide), "rank") == 9);
  CHECK(number(mean_of(wide), "residual") <= 1e-10);
}

TEST_CASE("gmml: what has no mean is refused; equal pairs of both kinds give M = 0") {
  const auto said = [](const Matrix& X, const Pairs& pairs) {
    return test::refusal<InputError>([&] { mean_of({X, pairs}); });
  };
  const Matrix X{{1.0, 2.0}, {1.0, 2.0}, {4.0, 1.0}};
  CHECK(said(X, {{0, 2, false}}) == "there is no similar pair");
  CHECK(said(X, {{0, 2, true}}) == "there is no dissimilar pair");
  CHECK(said(X, {{0, 1, true}, {0, 2, false}}) == "the rows of each similar pair are equal: their scatter is 0");
  CHECK(said(X, {{0, 2, true}, {0, 1, false}}) == "the rows of each dissimilar pair are equal: their scatter is 0");
  CHECK(mean_of({X.topRows(2), {{0, 1, true}, {1, 0, false}}}).linear().rank() == 0);
  for (const double ridge : {1e200, 1e308}) {
    CHECK_THROWS_WITH_AS(mean_of({X, {{0, 2, true}, {1, 2, false}}}, {.ridge = ridge}),
                         "the scatters overflow with their ridge: it wants a smaller --ridge", InputError);
  }
}
