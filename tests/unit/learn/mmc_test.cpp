#include "learn/mmc/mmc.hpp"

#include <doctest/doctest.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/mmc/solver.hpp"
#include "prepare/pairs/pair_scatter.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/rows_and_pairs.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

/// The problem as it is printed, without a spread.
Fit printed(const Samples& samples, mmc::MmcOptions options = {}, const Run& run = {}) {
  options.spread = 0;
  return mmc::fit_mmc(samples, options, run);
}

// Uniform rows, pairs drawn at random, similar or not by the toss of a coin: the hard case, with no structure.
RowsAndPairs noise(Index n, Index d, Index count, std::uint64_t seed) {
  Random random(seed);
  RowsAndPairs e{Matrix(n, d), {}};
  for (double& x : e.X.reshaped()) x = random.uniform();
  for (Index p = 0; p < count; ++p) {
    const Index i = random.below(n);
    e.pairs.push_back({i, (i + 1 + random.below(n - 1)) % n, p % 2 == 0});
  }
  return e;
}

RowsAndPairs all_pairs(const Dataset& data) {
  RowsAndPairs e{data.X, {}};
  for (Index i = 0; i < e.X.rows(); ++i) {
    for (Index j = i + 1; j < e.X.rows(); ++j) {
      e.pairs.push_back({i, j, data.y[static_cast<std::size_t>(i)] == data.y[static_cast<std::size_t>(j)]});
    }
  }
  return e;
}

// Objective and constraint as the paper writes them, of M itself.
struct Sums {
  double dissimilar = 0, similar_squared = 0;
};

Sums sums(const RowsAndPairs& e, const SquareMatrix& M) {
  Sums s;
  for (const Pair& pair : e.pairs) {
    const RowVector v = e.X.row(pair.i) - e.X.row(pair.j);
    const double squared = std::max(0.0, (v * M).dot(v));
    (pair.similar ? s.similar_squared : s.dissimilar) += pair.similar ? squared : std::sqrt(squared);
  }
  return s;
}

}  // namespace

TEST_CASE("MMC on raw iris with all pairs: the optimum, full and diagonal") {
  const RowsAndPairs iris = all_pairs(read_dataset("iris"));
  for (const bool diagonal : {false, true}) {
    CAPTURE(diagonal);
    const Fit result = printed({iris.X, {}, iris.pairs}, {.diagonal = diagonal, .tolerance = 1e-9});
    CHECK(number(result, "objective") == doctest::Approx(diagonal ? 554.6485 : 781.17185).epsilon(1e-7));
    CHECK(converged(result));
    CHECK(number(result, "gap") >= 0);
    CHECK(number(result, "gap") <= 1e-9);
    CHECK(number(result, "similar") == 3675);
    CHECK(number(result, "dissimilar") == 7500);
    CHECK(number(result, "ridge") == 0);
    CHECK(result.warnings.empty());
    const Sums s = sums(iris, result.linear().matrix());
    CHECK(s.dissimilar == doctest::Approx(number(result, "objective")).epsilon(1e-10));
    CHECK(s.similar_squared == doctest::Approx(1).epsilon(1e-10));
    CHECK(number(result, "rank") == (diagonal ? 3 : 1));
    CHECK((result.linear().form() == metric::Metric::Form::weights) == diagonal);
  }
}

TEST_CASE("the bound of MMC holds for every feasible matrix and any weights, and the optimum reaches it") {
  const auto [Z, pairs] = noise(12, 2, 60, 3);
  double best_full = 0, best_diagonal = 0;
  for (int a = 0; a <= 400; ++a) {  // every N of trace 1 on a grid: share a/400 along the angle t, the rest across
    for (int t = 0; t < 200; ++t) {
      const double share = a / 400.0, angle = t * std::acos(-1.0) / 200;
      SquareMatrix L(2, 2);
      L << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
      L.col(0) *= std::sqrt(share);
      L.col(1) *= std::sqrt(1 - share);
      const double f = prepare::squared_lengths(Z * L, pairs).cwiseSqrt().sum();
      best_full = std::max(best_full, f);
      if (t == 0) best_diagonal = std::max(best_diagonal, f);
    }
  }
  Random random(4);
  for (const bool diagonal : {false, true}) {
    const double best = diagonal ? best_diagonal : best_full;
    int faults = 0;
    for (int trial = 0; trial < 200; ++trial) {
      Vector w(static_cast<Index>(pairs.size()));
      for (double& x : w) x = 0.01 + random.uniform();
      faults += mmc::mmc_bound(Z, pairs, w, diagonal, Run()) < best;
    }
    CHECK(faults == 0);
    const mmc::MmcSolution solution = mmc::solve_mmc(Z, pairs, {}, diagonal, 1e-10, 10000, Run());
    CHECK(solution.converged);
    CHECK(solution.bound >= best);
    CHECK(solution.objective >= best * (1 - 1e-10));
    CHECK(solution.objective <= best * (1 + 1e-4));  // no more than the grid is coarse
    CHECK(solution.objective <= solution.bound);
    CHECK(solution.L.norm() == doctest::Approx(1));
  }
}

TEST_CASE("without structure, where the fixed point alone takes hundreds of iterations, MMC still certifies") {
  const auto [X, pairs] = noise(200, 20, 2000, 8);
  for (const bool diagonal : {false, true}) {
    const Fit result = printed({X, {}, pairs}, {.diagonal = diagonal, .tolerance = 1e-8});
    CHECK(converged(result));
    CHECK(number(result, "iterations") < 500);
  }
}

TEST_CASE("MMC does not care for the coordinates that the data comes in") {
  const RowsAndPairs e = noise(50, 4, 400, 1);
  const mmc::MmcOptions options{.tolerance = 1e-10};
  const Fit result = printed({e.X, {}, e.pairs}, options);
  SquareMatrix T(4, 4);
  T << 2, 1, 0, 0, 0, 1e-3, 0, 0, 0, 0, 1e4, 1, 1, 0, 0, 1;
  const Matrix moved = (e.X * T).rowwise() + RowVector::Constant(4, 1e3);
  const Fit other = printed({moved, {}, e.pairs}, options);
  CHECK(number(other, "objective") == doctest::Approx(number(result, "objective")).epsilon(1e-8));
  const SquareMatrix M = result.linear().matrix(), back = T * other.linear().matrix() * T.transpose();
  CHECK((M - back).norm() < 1e-4 * M.norm());
}

TEST_CASE("a constant and a repeated feature change nothing in MMC") {
  const RowsAndPairs e = noise(40, 3, 300, 2);
  RowsAndPairs wide{Matrix(40, 5), e.pairs};
  wide.X << e.X, Vector::Constant(40, 7), e.X.col(1);
  const Fit narrow = printed({e.X, {}, e.pairs}, {.tolerance = 1e-9});
  const Fit result = printed({wide.X, {}, wide.pairs}, {.tolerance = 1e-9});
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].text.starts_with("but for rounding the pairs do not differ in 1 of 4 directions"));
  CHECK(number(result, "objective") == doctest::Approx(number(narrow, "objective")).epsilon(1e-8));
  CHECK(result.linear().matrix().row(3).isZero());
  const Fit diagonal = printed({wide.X, {}, wide.pairs}, {.diagonal = true});
  CHECK(diagonal.linear().diagonal()[3] == 0);
}

TEST_CASE("where the similar pairs do not differ, a ridge bounds the objective and is reported") {
  RowsAndPairs e = noise(40, 3, 300, 6);
  for (const Pair& pair : e.pairs) {
    if (pair.similar) e.X(pair.i, 2) = e.X(pair.j, 2) = 0;  // and, by the chains of pairs, of nearly all rows
  }
  e.X(7, 2) = 1;
  std::erase_if(e.pairs, [](const Pair& pair) { return pair.similar && (pair.i == 7 || pair.j == 7); });
  e.pairs.push_back({7, 8, false});
  for (const bool diagonal : {false, true}) {
    CAPTURE(diagonal);
    const Fit result = printed({e.X, {}, e.pairs}, {.diagonal = diagonal});
    CHECK(result.warnings.size() == 1);
    CHECK(number(result, "ridge") > 0);
    CHECK(converged(result));
    const SquareMatrix M = result.linear().matrix();
    const Sums s = sums(e, M);
    CHECK(s.similar_squared + number(result, "ridge") * M.trace() == doctest::Approx(1).epsilon(1e-6));
    CHECK(s.dissimilar == doctest::Approx(number(result, "objective")).epsilon(1e-6));
    const Fit asked = printed({e.X, {}, e.pairs}, {.diagonal = diagonal, .ridge = 0.1});
    CHECK(asked.warnings.empty());
    CHECK(number(asked, "ridge") == doctest::Approx(1e5 * number(result, "ridge")));
    CHECK(number(asked, "objective") < number(result, "objective"));
  }
}

TEST_CASE("pairs of equal rows: nothing to learn from gives M = 0, never NaN") {
  const Matrix equal = Matrix::Ones(6, 3);
  for (const bool diagonal : {false, true}) {
    const Fit none = printed({equal, {}, {{0, 1, true}, {2, 3, false}}}, {.diagonal = diagonal});
    CHECK(none.linear().matrix().isZero());
    CHECK(number(none, "gap") == 0);
    CHECK(converged(none));

    RowsAndPairs e = noise(30, 3, 200, 9);
    e.X.row(1) = e.X.row(0);
    const double before = number(printed({e.X, {}, e.pairs}, {.diagonal = diagonal}), "objective");
    e.pairs.push_back({0, 1, false});
    e.pairs.push_back({0, 1, true});
    CHECK(number(printed({e.X, {}, e.pairs}, {.diagonal = diagonal}), "objective") == before);

    const Fit same = printed({e.X, {}, {{0, 1, true}, {2, 3, false}}}, {.diagonal = diagonal});  // A = 0
    CHECK(same.linear().matrix().allFinite());
    CHECK(converged(same));
  }
}

TEST_CASE("MMC in one dimension is the scale at which the similar pairs sum to 1") {
  const Matrix X{{0.0}, {3.0}, {10.0}};
  const Fit result = printed({X, {}, {{0, 1, true}, {1, 2, false}, {0, 2, false}}});
  CHECK(result.linear().matrix()(0, 0) == doctest::Approx(1.0 / 9));
  CHECK(number(result, "objective") == doctest::Approx(17.0 / 3));
}

TEST_CASE("MMC gives the same bits on any number of threads") {
  const auto [X, pairs] = noise(300, 6, 9000, 11);
  const SquareMatrix M = printed({X, {}, pairs}).linear().matrix();
  for (const int count : {2, 3}) CHECK(printed({X, {}, pairs}, {}, {Threads(count), {}}).linear().matrix() == M);
}

TEST_CASE("MMC stopped early says so, with a gap that is true") {
  const auto [X, pairs] = noise(200, 20, 2000, 8);
  const double optimum = number(printed({X, {}, pairs}, {.tolerance = 1e-9}), "objective");
  const Fit few = printed({X, {}, pairs}, {.tolerance = 1e-9, .max_iterations = 3});
  CHECK(number(few, "iterations") == 3);
  CHECK_FALSE(converged(few));
  CHECK(number(few, "bound") >= optimum);
  CHECK(number(few, "objective") < optimum);
  int told = 0;
  const Run run{Threads(), [&](const Progress&) { return ++told < 2; }};
  CHECK_FALSE(converged(printed({X, {}, pairs}, {.tolerance = 1e-9}, run)));
  CHECK(told == 2);
}

TEST_CASE("MMC names what it cannot use") {
  const Matrix X{{0.0, 1.0}, {1.0, 0.0}, {2.0, 5.0}};
  const Pairs both = {{0, 1, true}, {0, 2, false}};
  CHECK_THROWS_WITH_AS(printed({X, {}, {{0, 1, true}}}), "there is no dissimilar pair", InputError);
  CHECK_THROWS_WITH_AS(printed({X, {}, {{0, 1, false}}}), "there is no similar pair", InputError);
  CHECK_THROWS_AS(printed({X, {}, {{0, 1, true}, {0, 3, false}}}), InputError);
  CHECK_THROWS_AS(printed({X, {}, both}, {.tolerance = 0}), InputError);
  CHECK_THROWS_AS(printed({X, {}, both}, {.max_iterations = 0}), InputError);
  CHECK_THROWS_AS(printed({X, {}, both}, {.ridge = 0.0}), InputError);
}

TEST_CASE("MMC: a start moves the time it takes, and not the optimum, whatever its rank") {
  const RowsAndPairs e = noise(80, 6, 400, 21);
  for (const bool diagonal : {false, true}) {
    CAPTURE(diagonal);
    const mmc::MmcOptions options{.diagonal = diagonal, .tolerance = 1e-5};
    const Fit plain = printed({e.X, {}, e.pairs}, options);
    const double f = number(plain, "objective");
    const Fit again = printed(started({e.X, {}, e.pairs}, plain.metric), options);
    CHECK(converged(again));
    CHECK(number(again, "objective") == doctest::Approx(f).epsilon(2e-5));
    CHECK(number(again, "iterations") < number(plain, "iterations"));
    // Of rank one, along what the optimum has least of; and M = 0, which says nothing.
    const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(plain.linear().matrix());
    Index least = 0;
    plain.linear().diagonal().minCoeff(&least);
    const metric::Metric worst = diagonal ? metric::Metric::from_weights(Vector::Unit(6, least))
                                          : metric::Metric::from_factor(eigen.eigenvectors().col(0).transpose());
    for (const metric::Metric& init : {worst, metric::Metric::from_weights(Vector::Zero(6))}) {
      const Fit result = printed(started({e.X, {}, e.pairs}, init), options);
      CHECK(converged(result));
      CHECK(number(result, "objective") == doctest::Approx(f).epsilon(2e-5));
      CHECK(number(result, "bound") >= f * (1 - 1e-12));
    }
    CHECK_THROWS_AS(printed(started({e.X, {}, e.pairs}, metric::Metric::euclidean(5)), options), InputError);
  }
}

namespace {

// The most that a metric of rank 1 can have, in the problem as it is written: max over u of sum |u'v| with u'Bu = 1 is
// max over signs of |sum +-v| in the norm of B^-1, B = the similar pairs' scatter + ridge I.
double best_of_rank_one(const RowsAndPairs& e, double ridge) {
  SquareMatrix B = ridge * SquareMatrix::Identity(e.X.cols(), e.X.cols());
  std::vector<Vector> differences;
  for (const Pair& pair : e.pairs) {
    const Vector v = (e.X.row(pair.i) - e.X.row(pair.j)).transpose();
    if (pair.similar) B += v * v.transpose();
    if (!pair.similar) differences.push_back(v);
  }
  const Eigen::LLT<SquareMatrix> factor(B);
  double best = 0;
  for (unsigned signs = 0; signs < 1U << (differences.size() - 1); ++signs) {
    Vector sum = Vector::Zero(e.X.cols());
    for (std::size_t p = 0; p < differences.size(); ++p) sum += ((signs >> p & 1U) != 0 ? -1 : 1) * differences[p];
    best = std::max(best, std::sqrt(sum.dot(factor.solve(sum))));
  }
  return best;
}

// Rows of small whole numbers, few pairs: most of these are singular.
RowsAndPairs small_numbers(Index n, Index d, Index similar, Index dissimilar, Random& random) {
  RowsAndPairs e{Matrix(n, d), {}};
  for (double& x : e.X.reshaped()) x = static_cast<double>(random.below(6));
  for (Index p = 0; p < similar + dissimilar; ++p) {
    const Index i = random.below(n);
    e.pairs.push_back({i, (i + 1 + random.below(n - 1)) % n, p < similar});
  }
  return e;
}

}  // namespace

TEST_CASE("with a ridge, too, no feasible metric has more than the bound: random problems, most of them singular") {
  Random random(31);
  int singular = 0, reached = 0;
  for (int trial = 0; trial < 150; ++trial) {
    const Index d = 2 + random.below(5);
    const Index dissimilar = 1 + random.below(6), similar = 1 + random.below(4);  // in an order that is no compiler's
    RowsAndPairs e = small_numbers(d + 3, d, similar, dissimilar, random);
    if (trial % 3 == 0) e.X.col(0) *= 1000;
    if (trial % 5 == 0) e.X.col(1) = e.X.col(0);
    mmc::MmcOptions options;
    if (trial % 2 == 0) options.ridge = trial % 4 == 0 ? 0.1 : 1e-4;
    const Fit result = printed({e.X, {}, e.pairs}, options);
    const double ridge = number(result, "ridge");
    if (!(ridge > 0)) continue;
    CAPTURE(trial);
    const double rank_one = best_of_rank_one(e, ridge);
    ++singular;
    reached += number(result, "objective") >= rank_one * (1 - 1e-4);
    CHECK(number(result, "bound") >= rank_one * (1 - 1e-9));
    CHECK(number(result, "gap") >= 0);
    CHECK(converged(result));
    const Sums s = sums(e, result.linear().matrix());
    CHECK(s.similar_squared + ridge * result.linear().matrix().trace() == doctest::Approx(1).epsilon(1e-6));
  }
  CHECK(singular > 100);
  CHECK(reached == singular);
}

TEST_CASE("the ridge of pairs that do not span the features: the optimum by hand") {
  const Matrix X{{0.0, 0.0}, {0.0, 0.0}, {1.0, 2.0}, {3.0, 1.0}};
  const Fit result = printed({X, {}, {{0, 1, true}, {2, 3, false}}});
  CHECK(number(result, "objective") == doctest::Approx(std::sqrt(5 / number(result, "ridge"))));
  CHECK(number(result, "bound") >= number(result, "objective"));
  CHECK(converged(result));
}

TEST_CASE("diagonal MMC always comes to its certificate, on small sets with all their degeneracies") {
  const Matrix X{{3.0, 5.0}, {4.0, 4.0}, {4.0, 2.0}, {5.0, 0.0}};
  const Fit one = printed({X, {}, {{0, 2, true}, {0, 1, false}, {0, 3, false}, {1, 2, false}}}, {.diagonal = true});
  CHECK(number(one, "objective") == doctest::Approx(3.1436165986083).epsilon(1e-4));
  CHECK(number(one, "bound") >= 3.1436165986082);
  CHECK(converged(one));
  Random random(32);
  int faults = 0;
  for (int trial = 0; trial < 300; ++trial) {
    const Index d = 1 + random.below(4);
    const RowsAndPairs e = small_numbers(3 + random.below(4), d, 1 + random.below(5), 1 + random.below(6), random);
    const Fit result = printed({e.X, {}, e.pairs}, {.diagonal = true});
    faults += !converged(result);
    Vector b(d);  // some weights at the scale of the constraint: none has more than the bound
    for (int other = 0; other < 20; ++other) {
      for (double& w : b) w = random.below(3) == 0 ? 0 : std::pow(random.uniform(), 4);
      const Sums s = sums(e, SquareMatrix(b.asDiagonal()));
      const double constraint = s.similar_squared + number(result, "ridge") * b.sum();
      if (constraint > 0) faults += s.dissimilar / std::sqrt(constraint) > number(result, "bound") * (1 + 1e-14);
    }
  }
  CHECK(faults == 0);
}

TEST_CASE("a feature that nearly repeats another: MMC's certificate stays that of the problem") {
  // (x, y, x + 2^-k z) is an invertible map of (x, y, z), and in whole numbers an exact one: the optimum is the same.
  Random random(33);
  RowsAndPairs plain{Matrix(40, 3), noise(40, 3, 200, 33).pairs};
  for (double& x : plain.X.reshaped()) x = static_cast<double>(random.below(1000));
  const double optimum = number(printed({plain.X, {}, plain.pairs}, {.tolerance = 1e-11}), "objective");
  for (int k = 4; k <= 42; k += 2) {
    CAPTURE(k);
    RowsAndPairs near = plain;
    near.X.col(2) = near.X.col(0) + std::pow(2.0, -k) * plain.X.col(2);
    const Fit result = printed({near.X, {}, near.pairs}, {.tolerance = 1e-5});
    CHECK(number(result, "gap") >= 0);
    if (k <= 26) {
      CHECK(result.warnings.empty());
      CHECK(converged(result));
    }
    if (result.warnings.empty()) {
      CHECK(number(result, "bound") >= optimum * (1 - 1e-11));
      CHECK(number(result, "objective") <= optimum * (1 + 1e-6));
    } else {  // left out, and said: then the others are the problem
      CHECK(result.warnings[0].text.starts_with("but for rounding the pairs do not differ in 1 of 3 directions"));
      CHECK(converged(result));
    }
  }
}
TEST_CASE("MMC: rows times a power of two have the same optimum, found by the same steps") {
  const RowsAndPairs e = noise(60, 4, 80, 21);
  for (const bool diagonal : {false, true}) {
    mmc::MmcOptions options;
    options.diagonal = diagonal;
    const Fit common = printed({e.X, {}, e.pairs}, options);
    for (const double unit : {0x1p600, 0x1p-505}) {
      const Fit result = printed({e.X * unit, {}, e.pairs}, options);
      CHECK(number(result, "objective") == number(common, "objective"));
      CHECK(number(result, "bound") == number(common, "bound"));
      CHECK(result.linear().factor() * unit == common.linear().factor());
    }
  }
}

TEST_CASE(
    "MMC and rows far away: one that no pair names changes nothing, one that pairs name costs no digits of others") {
  RowsAndPairs near{Matrix(3, 2), {{0, 1, true}, {0, 2, true}, {1, 2, false}}};
  near.X << 0, 0, 1e-20, 3e-20, 5e-20, 1e-20;
  for (const bool diagonal : {false, true}) {
    const Fit alone = printed({near.X, {}, near.pairs}, {.diagonal = diagonal});
    CHECK(converged(alone));
    for (const double far : {1e-15, 1.0, 1e17, 1e120}) {
      RowsAndPairs more{Matrix(4, 2), near.pairs};
      more.X << near.X, far, 5 * far;
      const Fit result = printed({more.X, {}, more.pairs}, {.diagonal = diagonal});
      CHECK(number(result, "objective") == doctest::Approx(number(alone, "objective")).epsilon(1e-12));
    }
  }
  RowsAndPairs iris = all_pairs(read_dataset("iris"));
  const double plain = number(printed({iris.X, {}, iris.pairs}, {}), "objective");
  iris.X.conservativeResize(iris.X.rows() + 1, Eigen::NoChange);
  iris.X.bottomRows(1) << 1e15, -1e15, 2e15, 1e14;
  iris.pairs.push_back({iris.X.rows() - 1, 0, false});  // which takes over the optimum, and is certified all the same
  const Fit result = printed({iris.X, {}, iris.pairs}, {});
  CHECK(converged(result));
  CHECK(number(result, "objective") > plain);
  const Sums found = sums(iris, result.linear().matrix());
  CHECK(found.dissimilar / std::sqrt(found.similar_squared) ==
        doctest::Approx(number(result, "objective")).epsilon(1e-9));
}

TEST_CASE("MMC: similar pairs that differ by a hundred-millionth do differ") {
  RowsAndPairs e{Matrix(4, 2), {{0, 1, true}, {0, 2, false}}};
  e.X << 0, 0, 1e-8, 1, 1, 3, 2e-8, 1;
  const Fit weights = printed({e.X, {}, e.pairs}, {.diagonal = true});
  CHECK(number(weights, "ridge") == 0);
  CHECK(number(weights, "objective") == doctest::Approx(1e8).epsilon(1e-6));
  e.pairs.push_back({0, 3, true});
  const Fit full = printed({e.X, {}, e.pairs}, {});
  CHECK(number(full, "ridge") == 0);
  CHECK(number(full, "objective") == doctest::Approx(141421350).epsilon(1e-6));
}

TEST_CASE("MMC of fewer rows than features is the same over a basis of what the rows span") {
  RowsAndPairs wide = noise(12, 40, 60, 3);
  wide.X.col(0) *= 1e4;
  const Fit result = printed({wide.X, {}, wide.pairs}, {.ridge = 0.01});
  CHECK(converged(result));
  const SquareMatrix M = result.linear().matrix();
  const Sums found = sums(wide, M);
  const double constraint = found.similar_squared + number(result, "ridge") * M.trace();
  CHECK(found.dissimilar / std::sqrt(constraint) == doctest::Approx(number(result, "objective")).epsilon(1e-9));
  RowsAndPairs square{Matrix::Zero(60, 40), wide.pairs};  // unused rows change nothing, and lead past the basis
  square.X.topRows(12) = wide.X;
  for (Index i = 12; i < 60; ++i) square.pairs.push_back({i, i == 12 ? 13 : 12, i % 2 == 0});
  const Fit other = printed({square.X, {}, square.pairs}, {.ridge = 0.01});
  CHECK(number(other, "objective") == doctest::Approx(number(result, "objective")).epsilon(1e-6));
}

TEST_CASE("MMC: a feature that another one dwarfs is refused, not passed over") {
  RowsAndPairs e = noise(30, 2, 40, 22);
  e.X(e.pairs[0].i, 0) = 1e300;
  CHECK_THROWS_AS(printed({e.X, {}, e.pairs}, {}), InputError);
}

TEST_CASE("the bound of MMC with a spread holds for every feasible matrix, any weights and any root") {
  const auto [Z, pairs] = noise(12, 2, 60, 3);
  constexpr double kSpread = 20;
  double best_full = 0, best_diagonal = 0;
  for (int a = 0; a <= 400; ++a) {
    for (int t = 0; t < 200; ++t) {
      const double share = a / 400.0, angle = t * std::acos(-1.0) / 200;
      SquareMatrix L(2, 2);
      L << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
      L.col(0) *= std::sqrt(share);
      L.col(1) *= std::sqrt(1 - share);
      const double f = prepare::squared_lengths(Z * L, pairs).cwiseSqrt().sum() +
                       kSpread * (std::sqrt(share) + std::sqrt(1 - share));  // eigenvalues of N: share, 1 - share
      best_full = std::max(best_full, f);
      if (t == 0) best_diagonal = std::max(best_diagonal, f);
    }
  }
  Random random(5);
  for (const bool diagonal : {false, true}) {
    const double best = diagonal ? best_diagonal : best_full;
    int faults = 0;
    for (int trial = 0; trial < 200; ++trial) {
      Vector w(static_cast<Index>(pairs.size()));
      for (double& x : w) x = 0.01 + random.uniform();
      const double angle = 3 * random.uniform();
      mmc::MmcSpread spread{kSpread, {Vector{{0.05 + random.uniform(), 0.05 + random.uniform()}}, SquareMatrix(2, 2)}};
      spread.root.vectors << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
      faults += mmc::mmc_bound(Z, pairs, w, diagonal, Run(), spread) < best;
    }
    CHECK(faults == 0);
    const mmc::MmcSolution solution = mmc::solve_mmc(Z, pairs, {}, diagonal, 1e-10, 10000, Run(), {}, kSpread);
    CHECK(solution.converged);
    CHECK(solution.bound >= best);
    CHECK(solution.objective >= best * (1 - 1e-10));
    CHECK(solution.objective <= best * (1 + 1e-4));
    CHECK(solution.L.norm() == doctest::Approx(1));
  }
}

TEST_CASE("MMC with a spread: the objective by its definition, certified; from the printed problem to A^-1") {
  const auto [X, pairs] = noise(60, 5, 500, 9);
  SquareMatrix A = SquareMatrix::Zero(5, 5);
  double plain = 0;  // the dissimilar pairs' distances under A^-1
  for (const Pair& pair : pairs) {
    const Vector v = (X.row(pair.i) - X.row(pair.j)).transpose();
    if (pair.similar) A += v * v.transpose();
  }
  const SquareMatrix inverse = A.inverse();
  for (const Pair& pair : pairs) {
    const Vector v = (X.row(pair.i) - X.row(pair.j)).transpose();
    if (!pair.similar) plain += std::sqrt(v.dot(inverse * v));
  }
  const Fit fit = mmc::fit_mmc({X, {}, pairs}, {.spread = 2, .tolerance = 1e-8});
  CHECK(converged(fit));
  CHECK(number(fit, "rank") == 5);
  const SquareMatrix M = fit.linear().matrix();
  const Sums s = sums({X, pairs}, M);
  CHECK(s.similar_squared == doctest::Approx(1).epsilon(1e-10));
  CHECK(number(fit, "distances") == doctest::Approx(s.dissimilar).epsilon(1e-10));
  // The eigenvalues of A^(1/2) M A^(1/2) are those of C'MC, A = C C'.
  const SquareMatrix C = A.llt().matrixL();
  const Vector lambda = Eigen::SelfAdjointEigenSolver<SquareMatrix>(C.transpose() * M * C).eigenvalues();
  const double whole = s.dissimilar + 2 * plain / 5 * lambda.cwiseSqrt().sum();
  CHECK(number(fit, "objective") == doctest::Approx(whole).epsilon(1e-9));
  CHECK(number(fit, "bound") >= number(fit, "objective"));

  const SquareMatrix far = mmc::fit_mmc({X, {}, pairs}, {.spread = 1e6}).linear().matrix();
  CHECK((far - inverse / 5).norm() <= 1e-3 * inverse.norm());
  const double exact = number(printed({X, {}, pairs}, {.tolerance = 1e-8}), "objective");
  const Fit near = mmc::fit_mmc({X, {}, pairs}, {.spread = 1e-6, .tolerance = 1e-7});
  CHECK(number(near, "distances") == doctest::Approx(exact).epsilon(1e-5));
}

TEST_CASE("MMC with a spread does not care for coordinates, and constant features count for nothing") {
  const RowsAndPairs e = noise(50, 4, 400, 1);
  for (const bool diagonal : {false, true}) {
    const mmc::MmcOptions options{.diagonal = diagonal, .tolerance = 1e-9};
    const Fit fit = mmc::fit_mmc({e.X, {}, e.pairs}, options);
    CHECK(converged(fit));
    Matrix more(50, 5);
    more << e.X * Vector{{1, 1e-3, 1e4, 2}}.asDiagonal(), Vector::Constant(50, 7);
    const Fit other = mmc::fit_mmc({more, {}, e.pairs}, options);
    CHECK(converged(other));
    CHECK(number(other, "objective") == doctest::Approx(number(fit, "objective")).epsilon(1e-7));
    CHECK(other.linear().diagonal()[4] == 0);
    const Run two{Threads(2), {}};
    CHECK(mmc::fit_mmc({e.X, {}, e.pairs}, options, two).linear().factor() == fit.linear().factor());
  }
}

TEST_CASE("MMC has the same fit, to the bit, on any number of ranks") {
  const RowsAndPairs many = noise(300, 6, 20000, 7);  // five tiles of each kind
  RowsAndPairs few = noise(9, 12, 9000, 8);           // which differ in 8 of 12 directions
  few.X.row(8) += few.X.row(7) * 1e-7;
  struct Case {
    const RowsAndPairs& e;
    mmc::MmcOptions options;
  };
  for (const Case& c :
       {Case{many, {}}, Case{many, {.diagonal = true}}, Case{many, {.spread = 0, .tolerance = 1e-7}},
        Case{many, {.diagonal = true, .spread = 0, .tolerance = 1e-9}}, Case{many, {.max_iterations = 7, .ridge = 0.1}},
        Case{few, {}}, Case{few, {.tolerance = 1e-7, .ridge = 0.01}}, Case{few, {.diagonal = true}}}) {
    mmc::MmcOptions options = c.options;
    options.want_proof = true;
    const Samples samples{c.e.X, {}, c.e.pairs};
    std::vector<double> alone_told;
    const auto telling = [](std::vector<double>& told) {
      return [&told](const Progress& state) {
        told.push_back(*state.objective);
        told.push_back(*state.gap);
        return true;
      };
    };
    const Fit expected = mmc::fit_mmc(samples, options, {Threads(), telling(alone_told)});
    for (const int count : {2, 3, 4}) {
      test::on_ranks(count, [&](const Ranks& ranks) {
        std::vector<double> told;
        Run run{Threads(2), telling(told)};
        run.ranks = &ranks;
        const Fit fit = mmc::fit_mmc(samples, options, run);
        if (fit.linear().factor() != expected.linear().factor()) throw std::logic_error("another metric");
        if (fit.objective != expected.objective || fit.bound != expected.bound) throw std::logic_error("other figures");
        if (fit.iterations != expected.iterations || told != alone_told) throw std::logic_error("went another way");
        for (std::size_t part = 0; part < expected.proof.size(); ++part) {
          if (fit.proof[part].numbers != expected.proof[part].numbers) throw std::logic_error("another proof");
        }
      });
    }
  }
}

TEST_CASE("MMC over ranks sends the sum of a turn on, and lengths to all") {
  const RowsAndPairs e = noise(60, 17, 10000, 9);
  const auto sent_in = [&](Index iterations, bool diagonal) {
    return test::on_ranks(3, [&](const Ranks& ranks) {
      Run run;
      run.ranks = &ranks;
      mmc::solve_mmc(e.X, e.pairs, {}, diagonal, 1e-12, static_cast<int>(iterations), run);
    });
  };
  // Ten fixed-point iterations: ten gradients and two bounds, each the sum of five tiles, and ten times the lengths.
  for (const bool diagonal : {false, true}) {
    const Index sum = 8 * (diagonal ? 17 : 17 * 17);
    CHECK(sent_in(20, diagonal) - sent_in(10, diagonal) ==
          static_cast<std::size_t>(12 * sum * (2 + 2) + 10 * (8 * 10000 + 1) * 2));
  }
}
