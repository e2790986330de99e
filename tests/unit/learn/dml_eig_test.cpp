#include "learn/dml_eig/dml_eig.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/dml_eig/solver.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/learn/two_kinds_of_pairs.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

constexpr double kNoBound = std::numeric_limits<double>::infinity();

Fit dml_eig_of(const RowsAndPairs& e, const dml_eig::DmlEigOptions& options = {}, int threads = 1) {
  return dml_eig::fit_dml_eig({.X = e.X, .pairs = e.pairs}, options, {Threads(threads), {}, {}});
}

/// The least squared distance of dissimilar pairs and the sum over similar ones, from M and the raw rows.
struct LeastAndSimilar {
  double least = kNoBound, sum = 0;
};
LeastAndSimilar dml_eig_by_hand(const SquareMatrix& M, const RowsAndPairs& e) {
  LeastAndSimilar found;
  for (const Pair& pair : e.pairs) {
    const Vector v = (e.X.row(pair.i) - e.X.row(pair.j)).transpose();
    const double squared = v.dot(M * v);
    if (pair.similar) {
      found.sum += squared;
    } else {
      found.least = std::min(found.least, squared);
    }
  }
  return found;
}

/// Similar pairs along both axes, of length `along`, and a dissimilar pair along each, of lengths a and b.
RowsAndPairs crossed_pairs(double along, double a, double b) {
  RowsAndPairs e{Matrix{{0, 0}, {along, 0}, {0, along}, {a, 0}, {0, b}}, {}};
  e.pairs = {{0, 1, true}, {0, 2, true}, {0, 3, false}, {0, 4, false}};
  return e;
}

/// A bound and a value from multiplicative weights over the pairs, the method of Arora, Hazan & Kale (2012): slow, but
/// with nothing in common with the solver.
struct WeightsSides {
  double below = 0, above = kNoBound;
};
WeightsSides dml_eig_by_weights(const RowsAndPairs& e, int rounds) {
  SquareMatrix A = SquareMatrix::Zero(e.X.cols(), e.X.cols());
  for (const Pair& pair : e.pairs) {
    const Vector v = (e.X.row(pair.i) - e.X.row(pair.j)).transpose();
    if (pair.similar) A += v * v.transpose();
  }
  const SquareMatrix L = linalg::cholesky(A)->L;
  std::vector<Vector> b;
  for (const Pair& pair : e.pairs) {
    if (!pair.similar) b.push_back(linalg::solve_lower(L, (e.X.row(pair.i) - e.X.row(pair.j)).transpose()));
  }
  Vector logs = Vector::Zero(std::ssize(b)), length = logs;
  for (const Vector& one : b) length[&one - b.data()] = one.squaredNorm();
  const double rate = 4 / length.minCoeff() / std::sqrt(static_cast<double>(rounds));
  SquareMatrix N = SquareMatrix::Zero(A.rows(), A.rows());
  WeightsSides sides;
  for (int round = 1; round <= rounds; ++round) {
    const Vector u = (logs.array() - logs.maxCoeff()).exp() / (logs.array() - logs.maxCoeff()).exp().sum();
    SquareMatrix H = SquareMatrix::Zero(A.rows(), A.rows());
    for (std::size_t t = 0; t < b.size(); ++t) H += u[static_cast<Index>(t)] * b[t] * b[t].transpose();
    const linalg::Eigenpairs pairs = linalg::eigenpairs(H);
    const Vector v = pairs.vectors.rightCols(1);
    sides.above = std::min(sides.above, pairs.values.maxCoeff());
    N += v * v.transpose() / rounds;
    for (std::size_t t = 0; t < b.size(); ++t) logs[static_cast<Index>(t)] -= rate * std::pow(v.dot(b[t]), 2);
  }
  double least = kNoBound;
  for (const Vector& one : b) least = std::min(least, one.dot(N * one));
  sides.below = least;
  return sides;
}

}  // namespace

TEST_CASE("dml-eig: two crossed dissimilar pairs share the trace; M is over the features") {
  // A = along^2 I and M = diag(m, n): a^2 m = b^2 n at the optimum and along^2 (m + n) = 1
  const double along = 2, a = 3, b = 5, best = a * a * b * b / (a * a + b * b) / (along * along);
  const RowsAndPairs e = crossed_pairs(along, a, b);
  const Fit fit = dml_eig_of(e, {.tolerance = 1e-9});
  CHECK(converged(fit));
  CHECK(number(fit, "objective") == doctest::Approx(best).epsilon(1e-8));
  const SquareMatrix M = fit.linear().matrix();
  CHECK(M(0, 0) == doctest::Approx(best / (a * a)).epsilon(1e-7));
  CHECK(M(1, 1) == doctest::Approx(best / (b * b)).epsilon(1e-7));

  // any invertible map of the features takes M along
  const SquareMatrix T{{1.0, 0.7}, {-30.0, 4.0}};
  const RowsAndPairs mapped{e.X * T, e.pairs};
  const Fit there = dml_eig_of(mapped, {.tolerance = 1e-9});
  CHECK(number(there, "objective") == doctest::Approx(best).epsilon(1e-8));
  CHECK(test::largest_change(fit, e.X, there, mapped.X) <= 1e-4);
}

TEST_CASE("dml-eig: one feature, where there is nothing to choose") {
  const RowsAndPairs e{Matrix{{0}, {2}, {5}, {1}}, {{0, 1, true}, {1, 2, true}, {0, 2, false}, {2, 3, false}}};
  const Fit fit = dml_eig_of(e);
  CHECK(number(fit, "objective") == doctest::Approx(16.0 / 13));
  CHECK(fit.linear().matrix()(0, 0) == doctest::Approx(1.0 / 13));
}

TEST_CASE("dml-eig: objective and constraint are those of M over the raw rows, and no other M is better") {
  const RowsAndPairs e = test::two_kinds_of_pairs(60, 4, 150, 3);
  const Fit fit = dml_eig_of(e, {.tolerance = 1e-6});
  CHECK(converged(fit));
  const auto [least, sum] = dml_eig_by_hand(fit.linear().matrix(), e);
  CHECK(sum == doctest::Approx(1).epsilon(1e-12));
  CHECK(least == doctest::Approx(number(fit, "objective")).epsilon(1e-12));
  CHECK(number(fit, "gap") <= 1e-6);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const SquareMatrix L = fit.linear().matrix() + 0.1 * fit.linear().matrix().norm() * test::random_rows(4, 4, seed);
    const auto other = dml_eig_by_hand(L * L.transpose(), e);
    CHECK(other.least / other.sum <= number(fit, "bound"));
  }
}

TEST_CASE("dml-eig: multiplicative weights close in on the same value") {
  const RowsAndPairs e = test::two_kinds_of_pairs(40, 3, 60, 4);
  const Fit fit = dml_eig_of(e, {.tolerance = 1e-8});
  const WeightsSides sides = dml_eig_by_weights(e, 4000);
  CHECK(sides.below <= number(fit, "bound"));
  CHECK(sides.above >= number(fit, "objective"));
  CHECK(sides.below >= 0.9 * number(fit, "objective"));
  CHECK(sides.above <= 1.1 * number(fit, "objective"));
}

TEST_CASE("dml-eig: any multipliers give a bound") {
  const Matrix Z = test::random_rows(30, 3, 5);
  Pairs pairs;
  for (Index i = 0; i + 1 < 30; ++i) pairs.push_back({i, i + 1, false});
  const dml_eig::DmlEigSolution best = dml_eig::solve_dml_eig(Z, pairs, 1e-8, 1000, Run());
  CHECK(best.converged);
  CHECK(best.bound <= best.objective * (1 + 1e-7));
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Vector u = test::uniform_rows(29, 1, seed).col(0);
    SquareMatrix H = SquareMatrix::Zero(3, 3);
    for (Index p = 0; p < 29; ++p) H += u[p] * (Z.row(p) - Z.row(p + 1)).transpose() * (Z.row(p) - Z.row(p + 1));
    const double bound = dml_eig::dml_eig_bound(Z, pairs, u, Threads());
    CHECK(bound == doctest::Approx(linalg::eigenvalues(H).maxCoeff() / u.sum()).epsilon(1e-12));
    CHECK(bound >= best.objective);
  }
}

TEST_CASE("dml-eig: units, offsets, the order of pairs and threads") {
  const RowsAndPairs e = test::two_kinds_of_pairs(50, 4, 1500, 6);
  const dml_eig::DmlEigOptions fine{.tolerance = 1e-6};
  const Fit fit = dml_eig_of(e, fine);
  const double best = number(fit, "objective");
  for (const double times : {8.0, 0x1p500, 0x1p-500}) {
    CAPTURE(times);
    const Fit scaled = dml_eig_of({e.X * times, e.pairs}, fine);
    CHECK(number(scaled, "objective") == doctest::Approx(best).epsilon(2e-6));
    CHECK(converged(scaled));
    CHECK(test::largest_change(fit, e.X, scaled, e.X * times) <= 1e-9);
  }
  CHECK(number(dml_eig_of({e.X.array() + 1e5, e.pairs}, fine), "objective") == doctest::Approx(best).epsilon(2e-6));
  CHECK(number(dml_eig_of({e.X, Pairs(e.pairs.rbegin(), e.pairs.rend())}, fine), "objective") ==
        doctest::Approx(best).epsilon(2e-6));
  CHECK(dml_eig_of(e, fine, 3).linear().factor() == fit.linear().factor());
}

TEST_CASE("dml-eig: fewer rows than features, and directions that no similar pair has, want a ridge") {
  RowsAndPairs e = test::two_kinds_of_pairs(12, 30, 20, 7);
  const Fit wide = dml_eig_of(e);
  CHECK(converged(wide));
  const auto [least, sum] = dml_eig_by_hand(wide.linear().matrix(), e);
  CHECK(sum + number(wide, "ridge") * wide.linear().matrix().trace() == doctest::Approx(1).epsilon(1e-9));
  CHECK(least == doctest::Approx(number(wide, "objective")).epsilon(1e-9));
  REQUIRE_FALSE(wide.warnings.empty());
  CHECK(wide.warnings[0].code == Warning::Code::ridge_added);

  // a constant feature gets no weight, and changes nothing
  e = test::two_kinds_of_pairs(40, 3, 100, 8);
  RowsAndPairs more{Matrix(40, 4), e.pairs};
  more.X << e.X, Vector::Constant(40, 3);
  const Fit fit = dml_eig_of(e), other = dml_eig_of(more);
  CHECK(other.linear().diagonal()[3] <= 1e-20);
  CHECK(number(other, "objective") == doctest::Approx(number(fit, "objective")).epsilon(1e-4));
}

TEST_CASE("dml-eig: equal rows in dissimilar pairs are left out; where no pair is apart M = 0") {
  RowsAndPairs e = crossed_pairs(2, 3, 5);
  e.X.conservativeResize(6, 2);
  e.X.row(5) = e.X.row(0);
  e.pairs.push_back({0, 5, false});
  const Fit fit = dml_eig_of(e);
  CHECK(number(fit, "objective") == doctest::Approx(225.0 / 34 / 4).epsilon(1e-3));
  REQUIRE(fit.warnings.size() == 1);
  CHECK(fit.warnings[0].code == Warning::Code::equal_pairs);
  const Fit none = dml_eig_of({Matrix::Constant(3, 2, 4), {{0, 1, true}, {1, 2, false}}});
  CHECK(none.linear().rank() == 0);
  CHECK(converged(none));
  CHECK(number(none, "gap") == 0);
}

TEST_CASE("dml-eig: a fit that is cut short says so, with a bound that holds; what is no problem is refused") {
  const RowsAndPairs e = test::two_kinds_of_pairs(60, 4, 150, 3);
  const Fit brief = dml_eig_of(e, {.tolerance = 1e-6, .max_iterations = 3});
  CHECK_FALSE(converged(brief));
  CHECK(number(brief, "iterations") == 3);
  CHECK(number(brief, "bound") >= number(dml_eig_of(e, {.tolerance = 1e-6}), "objective"));
  const auto said = [](const Pairs& pairs) {
    return test::refusal<InputError>([&] { dml_eig_of({Matrix::Identity(3, 3), pairs}); });
  };
  CHECK(said({{0, 2, false}}) == "there is no similar pair");
  CHECK(said({{0, 2, true}}) == "there is no dissimilar pair");
}
