#include "learn/sdml/sdml.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "learn/sdml/solver.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/learn/two_kinds_of_pairs.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

Fit sdml_of(const RowsAndPairs& e, const sdml::SdmlOptions& options = {}, int threads = 1) {
  return sdml::fit_sdml({.X = e.X, .pairs = e.pairs}, options, {Threads(threads), {}, {}});
}

/// M0^-1 + eta (similar - dissimilar), pair by pair.
SquareMatrix sdml_input(const SquareMatrix& inverse_prior, double eta, const RowsAndPairs& e) {
  SquareMatrix S = inverse_prior;
  for (const Pair& pair : e.pairs) {
    const RowVector v = e.X.row(pair.i) - e.X.row(pair.j);
    S += (pair.similar ? eta : -eta) * v.transpose() * v;
  }
  return S;
}

SquareMatrix sdml_covariance(Index d, std::uint64_t seed) {
  const Matrix A = test::random_rows(3 * d, d, seed);
  return A.transpose() * A / static_cast<double>(d);
}

SquareMatrix sdml_inverse(const SquareMatrix& A) {
  return linalg::least_squares(A, SquareMatrix::Identity(A.rows(), A.cols()));
}

sdml::SdmlSolution sdml_solved(const SquareMatrix& S, double lambda) {
  return sdml::solve_sdml(S, lambda, 1e-11, 500, Run());
}

}  // namespace

TEST_CASE("sdml: without sparsity M = S^-1; with all of it the inverse of the diagonal") {
  const SquareMatrix S = sdml_covariance(5, 1);
  const sdml::SdmlSolution free = sdml_solved(S, 0), bare = sdml_solved(S, 100);
  CHECK(free.converged);
  CHECK((free.M * S - SquareMatrix::Identity(5, 5)).norm() <= 1e-5);
  CHECK(free.objective == doctest::Approx(5 + linalg::eigenvalues(S).array().log().sum()).epsilon(1e-10));
  CHECK(bare.M == SquareMatrix(S.diagonal().cwiseInverse().asDiagonal()));
}

TEST_CASE("sdml: two features have a closed form, M^-1 with its other entry nearer to 0 by lambda") {
  const SquareMatrix S{{2.0, -0.8}, {-0.8, 1.0}};
  const SquareMatrix W{{2.0, -0.5}, {-0.5, 1.0}};
  const sdml::SdmlSolution found = sdml_solved(S, 0.3);
  CHECK((found.M - sdml_inverse(W)).norm() <= 1e-6);
  CHECK(found.bound == doctest::Approx(2 + std::log(1.75)).epsilon(1e-10));
  CHECK(sdml_solved(S, 0.8).M(0, 1) == 0);
}

TEST_CASE("sdml: the conditions of an optimum hold, with exact zeros") {
  const SquareMatrix S = sdml_covariance(8, 2);
  const double lambda = 0.15;
  const sdml::SdmlSolution found = sdml_solved(S, lambda);
  CHECK(found.converged);
  const SquareMatrix off = sdml_inverse(found.M) - S;
  int zeros = 0;
  for (Index j = 0; j < 8; ++j) {
    CHECK(std::abs(off(j, j)) <= 1e-5);
    for (Index i = 0; i < j; ++i) {
      CHECK(std::abs(off(i, j)) <= lambda + 1e-5);
      if (found.M(i, j) != 0) CHECK(off(i, j) == doctest::Approx(std::copysign(lambda, found.M(i, j))).epsilon(1e-4));
      zeros += found.M(i, j) == 0;
      CHECK(found.M(i, j) == found.M(j, i));
    }
  }
  CHECK(zeros > 0);
  CHECK(zeros < 28);
}

TEST_CASE("sdml: any W bounds the objective of any M from below") {
  const SquareMatrix S = sdml_covariance(4, 3);
  int bounds = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const SquareMatrix W = S + 0.3 * sdml_covariance(4, seed + 50);
    const auto bound = sdml::sdml_bound(S, 0.2, W);
    if (!bound) continue;
    ++bounds;
    for (std::uint64_t other = 0; other < 10; ++other) {
      const SquareMatrix M = sdml_inverse(S) + 0.1 * sdml_covariance(4, 10 * seed + other);
      CHECK(*sdml::sdml_objective(S, 0.2, M) >= *bound);
    }
  }
  CHECK(bounds > 20);
  CHECK_FALSE(sdml::sdml_bound(-S, 0.2, S).has_value());
}

TEST_CASE("sdml: the objective is that of the model's M over the pairs; by default S >= M0^-1 / 2") {
  const RowsAndPairs e = test::two_kinds_of_pairs(40, 4, 80, 4);
  for (const auto prior : {sdml::Prior::identity, sdml::Prior::covariance}) {
    const Fit fit = sdml_of(e, {.sparsity = 0.02, .prior = prior, .tolerance = 1e-8});
    CHECK(converged(fit));
    const Matrix C = e.X.rowwise() - RowVector(e.X.colwise().mean());
    const SquareMatrix P = prior == sdml::Prior::identity ? SquareMatrix(SquareMatrix::Identity(4, 4))
                                                          : SquareMatrix(C.transpose() * C / 40);
    const SquareMatrix S = sdml_input(P, number(fit, "balance"), e), M = fit.linear().matrix();
    CHECK(*sdml::sdml_objective(S, 0.02, M) == doctest::Approx(number(fit, "objective")).epsilon(1e-9));
    CHECK(number(fit, "bound") <= number(fit, "objective"));
    const SquareMatrix L = linalg::cholesky(P)->L;
    const SquareMatrix half = linalg::solve_lower(L, S);
    CHECK(linalg::eigenvalues(linalg::solve_lower(L, half.transpose())).minCoeff() ==
          doctest::Approx(0.5).epsilon(1e-9));
  }
}

TEST_CASE("sdml: a balance beyond bounds is refused with one that will do; sparsity may make up for it") {
  const RowsAndPairs e = test::two_kinds_of_pairs(40, 3, 80, 5);
  const double most = 2 * number(sdml_of(e), "balance");
  const std::string said = test::refusal<InputError>([&] { sdml_of(e, {.balance = 3 * most}); });
  CHECK(said.find("the objective has no lower bound: it has one at any --balance up to ") != std::string::npos);
  CHECK(converged(sdml_of(e, {.balance = 0.95 * most})));

  // indefinite with a positive diagonal, within lambda of a positive definite matrix
  const SquareMatrix S{{1.0, 1.2}, {1.2, 1.0}};
  CHECK(sdml_solved(S, 0.5).converged);
  CHECK_FALSE(sdml_solved(S, 0.5).unbounded);
  CHECK(sdml_solved(S, 0.1).unbounded);
  CHECK(sdml_solved(-S, 0.1).unbounded);
}

TEST_CASE("sdml: units, offsets, the order of pairs and threads") {
  const RowsAndPairs e = test::two_kinds_of_pairs(40, 4, 2000, 6);
  const sdml::SdmlOptions covariance{.sparsity = 0, .prior = sdml::Prior::covariance, .tolerance = 1e-10};
  const Fit fit = sdml_of(e), near = sdml_of(e, covariance);
  for (const double times : {8.0, 0x1p500, 0x1p-500}) {
    CAPTURE(times);
    // M0 = I does not change with the features' unit, and the balance makes up for that of pairs; a covariance does
    const RowsAndPairs scaled{e.X * times, e.pairs};
    CHECK((sdml_of(scaled).linear().matrix() - fit.linear().matrix()).norm() <= 1e-9 * fit.linear().matrix().norm());
    CHECK(test::largest_change(near, e.X, sdml_of(scaled, covariance), scaled.X) <= 1e-5);
  }
  CHECK(test::largest_change(fit, e.X, sdml_of({e.X.array() + 1e5, e.pairs}), e.X) <= 1e-6);
  CHECK(test::largest_change(fit, e.X, sdml_of({e.X, Pairs(e.pairs.rbegin(), e.pairs.rend())}), e.X) <= 1e-9);
  CHECK(sdml_of(e, {}, 3).linear().matrix() == fit.linear().matrix());
}

TEST_CASE("sdml: one feature, equal rows, fewer rows than features, constant features") {
  const RowsAndPairs line{Matrix{{0}, {1}, {5}}, {{0, 1, true}, {1, 2, false}}};
  const Fit one = sdml_of(line);  // S = 1 - 15 eta = 1/2
  CHECK(number(one, "balance") == doctest::Approx(1.0 / 30));
  CHECK(one.linear().matrix()(0, 0) == doctest::Approx(2));
  CHECK(sdml_of({Matrix::Constant(3, 2, 4), {{0, 1, true}, {1, 2, false}}}).linear().matrix() ==
        SquareMatrix(SquareMatrix::Identity(2, 2)));
  const RowsAndPairs wide = test::two_kinds_of_pairs(10, 30, 30, 7);
  CHECK(converged(sdml_of(wide)));
  const Fit fit = sdml_of(wide, {.prior = sdml::Prior::covariance});
  CHECK(converged(fit));
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::ridge_added);
  const auto said = [](const Pairs& pairs) {
    return test::refusal<InputError>([&] { sdml_of({Matrix::Identity(3, 3), pairs}); });
  };
  CHECK(said({{0, 2, false}}) == "there is no similar pair");
  const Matrix tiny = 1e-300 * Matrix::Identity(3, 3);
  for (const auto prior : {sdml::Prior::identity, sdml::Prior::covariance}) {
    CHECK(test::refusal<InputError>([&] {
            sdml_of({tiny, {{0, 1, true}, {0, 2, false}}}, {.prior = prior});
          }) == "the values differ by too little: their squares underflow");
  }
}
