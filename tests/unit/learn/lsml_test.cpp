#include "learn/lsml/lsml.hpp"

#include <doctest/doctest.h>

#include <Eigen/LU>
#include <Eigen/QR>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "learn/learner.hpp"
#include "prepare/draw/draw_triplets.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

struct RowsAndQuadruplets {
  Matrix X;
  Quadruplets quadruplets;

  Samples samples() const { return {.X = X, .quadruplets = quadruplets}; }
};

/// Rows at random, of which the first feature says which pairs are near, with some noise, and weights.
RowsAndQuadruplets judged(Index n, Index d, Index count, std::uint64_t seed) {
  Random random(seed);
  RowsAndQuadruplets e{Matrix(n, d), {}};
  for (double& x : e.X.reshaped()) x = 2 * random.uniform() - 1;
  while (std::ssize(e.quadruplets) < count) {
    Quadruplet q{random.below(n), random.below(n), random.below(n), random.below(n), 0.5 + random.uniform()};
    if (q.i == q.j || q.k == q.l || (q.i == q.k && q.j == q.l) || (q.i == q.l && q.j == q.k)) continue;
    const double near = std::abs(e.X(q.i, 0) - e.X(q.j, 0)), far = std::abs(e.X(q.k, 0) - e.X(q.l, 0));
    if (near + 0.4 * (random.uniform() - 0.5) > far) std::swap(q.i, q.k), std::swap(q.j, q.l);
    e.quadruplets.push_back(q);
  }
  return e;
}

SquareMatrix tilted_prior(Index d) {
  SquareMatrix M = SquareMatrix::Identity(d, d);
  M(0, 0) = 3;
  M(1, 0) = M(0, 1) = 0.5;
  return M;
}

/// The objective as the header has it, from its definition.
double objective_by_hand(const RowsAndQuadruplets& e, const SquareMatrix& M, const SquareMatrix& M0, double gamma) {
  const SquareMatrix Q = M * M0.inverse();
  double loss = 0, weights = 0;
  const auto distance = [&](Index a, Index b) {
    const RowVector v = e.X.row(a) - e.X.row(b);
    return std::sqrt((v * M).dot(v));
  };
  for (const auto& [i, j, k, l, w] : e.quadruplets) {
    const double residual = std::max(0.0, distance(i, j) - distance(k, l));
    loss += w * residual * residual;
    weights += w;
  }
  return gamma * loss / weights + Q.trace() - std::log(Q.determinant()) - static_cast<double>(M.rows());
}

/// The largest slope of the objective at M, L = its Cholesky factor, along L E L' for the symmetric E of one entry, by
/// central differences.
double slope_at(const RowsAndQuadruplets& e, const SquareMatrix& M, const SquareMatrix& M0, double gamma) {
  const SquareMatrix L = Eigen::LLT<SquareMatrix>(M).matrixL();
  double largest = 0;
  const double step = 1e-5;
  for (Index a = 0; a < M.rows(); ++a) {
    for (Index b = 0; b <= a; ++b) {
      SquareMatrix E = SquareMatrix::Zero(M.rows(), M.rows());
      E(a, b) = E(b, a) = step;
      const SquareMatrix change = L * E * L.transpose();
      const double up = objective_by_hand(e, M + change, M0, gamma), down = objective_by_hand(e, M - change, M0, gamma);
      largest = std::max(largest, std::abs(up - down) / (2 * step));
    }
  }
  return largest;
}

}  // namespace

TEST_CASE("LSML: the objective is the paper's, and has no slope where the fit ends") {
  const RowsAndQuadruplets e = judged(20, 3, 60, 1);
  for (const double gamma : {0.1, 3.0, 300.0}) {
    for (const SquareMatrix& M0 : {SquareMatrix(SquareMatrix::Identity(3, 3)), tilted_prior(3)}) {
      CAPTURE(gamma);
      const Fit fit =
          lsml::fit_lsml(with_prior(e.samples(), metric::Metric::from_matrix(M0)), {.gamma = gamma, .tolerance = 1e-9});
      CHECK(converged(fit));
      const SquareMatrix M = fit.linear().matrix();
      CHECK(number(fit, "objective") == doctest::Approx(objective_by_hand(e, M, M0, gamma)).epsilon(1e-9));
      CHECK(slope_at(e, M, M0, gamma) <= 1e-4 * (1 + number(fit, "objective")));
      CHECK(slope_at(e, 1.1 * M, M0, gamma) > 1e-2);
    }
  }
}

TEST_CASE("LSML: the bound is below the objective of every matrix, wherever the fit stops") {
  const RowsAndQuadruplets e = judged(20, 3, 60, 2);
  const SquareMatrix M0 = SquareMatrix::Identity(3, 3);
  for (const double gamma : {0.1, 10.0, 1000.0}) {
    CAPTURE(gamma);
    lsml::LsmlOptions options{.gamma = gamma, .tolerance = 1e-9};
    const Fit best = lsml::fit_lsml(e.samples(), options);
    CHECK(converged(best));
    const double optimum = number(best, "objective");
    const SquareMatrix L = best.linear().factor().transpose();
    Random random(3);
    int faults = 0;
    for (int trial = 0; trial < 300; ++trial) {  // near the optimum and far
      SquareMatrix C = SquareMatrix::Identity(3, 3);
      for (double& x : C.reshaped()) x += std::pow(10.0, -(trial % 6)) * (random.uniform() - 0.5);
      faults += objective_by_hand(e, L * C * C.transpose() * L.transpose(), M0, gamma) < number(best, "bound");
    }
    CHECK(faults == 0);
    for (int iterations = 1; iterations < number(best, "iterations"); ++iterations) {
      options.max_iterations = iterations;
      const Fit early = lsml::fit_lsml(e.samples(), options);
      faults += number(early, "bound") > optimum || number(early, "objective") < optimum * (1 - 1e-9);
      faults += converged(early) || number(early, "gap") < 0 || number(early, "gap") > 1;
      faults += number(early, "iterations") != iterations;
    }
    CHECK(faults == 0);
  }
}

TEST_CASE("LSML by hand: on a line, and of two directions") {
  // min gamma (3 - 1)^2 m + m - log m
  const Matrix line{{0.0}, {3.0}, {1.0}, {2.0}};
  const Fit one = lsml::fit_lsml({.X = line, .quadruplets = {{0, 1, 2, 3}}}, {.gamma = 5, .tolerance = 1e-12});
  CHECK(one.linear().matrix()(0, 0) == doctest::Approx(1 / (1 + 5 * 4.0)).epsilon(1e-6));
  CHECK(number(one, "violated") == 1);
  CHECK(number(one, "quadruplets") == 1);
  CHECK(number(one, "rows") == 4);

  // (3,0) shall be nearer than (0,1), and nothing resists: with a prior that weighs nothing the distances become equal.
  const Matrix plane{{0.0, 0.0}, {3.0, 0.0}, {0.0, 1.0}};
  const Fit two = lsml::fit_lsml({.X = plane, .quadruplets = {{0, 1, 0, 2}}}, {.gamma = 1e8, .tolerance = 1e-9});
  const SquareMatrix M = two.linear().matrix();
  CHECK(converged(two));
  // min a + b - log a - log b under 9 a = b: a = 1/5, b = 9/5
  CHECK(M(0, 0) == doctest::Approx(0.2).epsilon(1e-4));
  CHECK(M(1, 1) == doctest::Approx(1.8).epsilon(1e-4));
  CHECK(std::abs(M(0, 1)) <= 1e-9);
}

TEST_CASE("LSML: quadruplets that hold leave the prior as it is, with its proof; those off by rounding too") {
  const Matrix X{{0.0, 0.0}, {3.0, 1.0}, {1.0, 7.0}, {1.0, 3.0}};
  for (const Quadruplet q : {Quadruplet{0, 1, 0, 2}, Quadruplet{0, 1, 0, 3}}) {
    const Fit fit = lsml::fit_lsml({.X = X, .quadruplets = {q}}, {.gamma = 1e6});
    CHECK(fit.linear().matrix() == SquareMatrix::Identity(2, 2));
    CHECK(number(fit, "objective") == 0);
    CHECK(number(fit, "bound") == 0);
    CHECK(number(fit, "violated") == 0);
    CHECK(converged(fit));
  }
}

TEST_CASE("LSML: the same whatever the order of quadruplets, pairs and rows, the origin, axes, unit and threads") {
  const RowsAndQuadruplets e = judged(25, 3, 80, 4);
  const lsml::LsmlOptions options{.gamma = 8, .tolerance = 1e-11};
  const Fit plain = lsml::fit_lsml(e.samples(), options);
  const SquareMatrix M = plain.linear().matrix();
  CHECK(converged(plain));
  const auto same = [&](const RowsAndQuadruplets& other, const SquareMatrix& expected, double gamma = 8) {
    lsml::LsmlOptions moved = options;
    moved.gamma = gamma;
    const Fit fit = lsml::fit_lsml(other.samples(), moved);
    CHECK(number(fit, "objective") == doctest::Approx(number(plain, "objective")).epsilon(1e-9));
    CHECK((fit.linear().matrix() - expected).norm() <= 2e-5 * expected.norm());
  };
  for (const int threads : {2, 3}) {
    CHECK(lsml::fit_lsml(e.samples(), options, {Threads(threads), {}, {}}).linear().matrix() == M);
  }
  RowsAndQuadruplets other = e;
  std::reverse(other.quadruplets.begin(), other.quadruplets.end());
  for (Quadruplet& q : other.quadruplets) std::swap(q.i, q.j), q.weight *= 1e200;
  same(other, M);
  other = e;
  other.X = e.X.colwise().reverse().eval();
  for (Quadruplet& q : other.quadruplets) q = {24 - q.i, 24 - q.j, 24 - q.k, 24 - q.l, q.weight};
  same(other, M);
  other = e;
  other.X.rowwise() += RowVector::Constant(3, 1e4);
  same(other, M);
  other = e;
  const SquareMatrix T = Eigen::HouseholderQR<SquareMatrix>(tilted_prior(3) + SquareMatrix::Ones(3, 3)).householderQ();
  other.X = e.X * T;
  same(other, T.transpose() * M * T);
  other = e;
  other.X = 10 * e.X;
  same(other, M, 0.08);
  other = e;  // one that weighs twice as much is two
  other.quadruplets.push_back(other.quadruplets[0]);
  RowsAndQuadruplets twice = e;
  twice.quadruplets[0].weight *= 2;
  const SquareMatrix heavier = lsml::fit_lsml(twice.samples(), options).linear().matrix();
  CHECK((lsml::fit_lsml(other.samples(), options).linear().matrix() - heavier).norm() <= 2e-5 * heavier.norm());
}

TEST_CASE("LSML: a start moves the time it takes, and a prior of low rank keeps M in its range") {
  const RowsAndQuadruplets e = judged(30, 4, 100, 5);
  const lsml::LsmlOptions options{.gamma = 20};
  const Fit plain = lsml::fit_lsml(e.samples(), options);
  const Fit again = lsml::fit_lsml(started(e.samples(), plain.metric), options);
  CHECK(converged(again));
  CHECK(number(again, "iterations") < number(plain, "iterations"));
  CHECK(number(again, "objective") == doctest::Approx(number(plain, "objective")).epsilon(2e-6));
  const metric::Metric flat = metric::Metric::from_weights(Vector{{1.0, 2.0, 0.0, 1.0}});
  const Fit within = lsml::fit_lsml(with_prior(e.samples(), flat), options);
  CHECK(within.linear().rank() == 3);
  CHECK(within.linear().matrix().row(2).isZero());
  const metric::Metric zero = metric::Metric::from_weights(Vector::Zero(4));
  CHECK(lsml::fit_lsml(with_prior(e.samples(), zero), options).linear().matrix().isZero());
  CHECK_THROWS_AS(lsml::fit_lsml(started(e.samples(), metric::Metric::euclidean(3)), options), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml(with_prior(e.samples(), metric::Metric::euclidean(3)), options), InputError);
}

TEST_CASE("LSML of fewer rows than features is what it is over all of them") {
  const RowsAndQuadruplets e = judged(5, 8, 12, 6);
  for (const SquareMatrix& M0 : {SquareMatrix(SquareMatrix::Identity(8, 8)), tilted_prior(8)}) {
    const Fit fit =
        lsml::fit_lsml(with_prior(e.samples(), metric::Metric::from_matrix(M0)), {.gamma = 5, .tolerance = 1e-9});
    CHECK(converged(fit));
    CHECK(slope_at(e, fit.linear().matrix(), M0, 5) <= 3e-4);
  }
}

TEST_CASE(
    "LSML: constant, repeated and equal rows or features; contradictions; however little or much the pairs weigh") {
  RowsAndQuadruplets e = judged(20, 4, 60, 7);
  e.X.col(1).setConstant(3);
  e.X.col(2) = e.X.col(0);
  e.X.row(5) = e.X.row(4);
  Quadruplets both = e.quadruplets;
  for (const auto& [i, j, k, l, w] : e.quadruplets) both.push_back({k, l, i, j, w});
  for (const Quadruplets& quadruplets : {e.quadruplets, both}) {
    for (double gamma = 1e-15; gamma < 1e8; gamma *= 1000) {
      CAPTURE(gamma);
      const Fit fit = lsml::fit_lsml({.X = e.X, .quadruplets = quadruplets}, {.gamma = gamma});
      CHECK(fit.linear().matrix().allFinite());
      CHECK(number(fit, "bound") <= number(fit, "objective"));
      CHECK(converged(fit));
    }
  }
  CHECK(lsml::fit_lsml(e.samples()).warnings.empty());
  e.quadruplets.push_back({0, 1, 4, 5, 1});
  const Fit equal = lsml::fit_lsml(e.samples());
  CHECK(equal.warnings.size() == 1);
  CHECK(converged(equal));
  CHECK(number(equal, "objective") ==
        doctest::Approx(objective_by_hand(e, equal.linear().matrix(), SquareMatrix::Identity(4, 4), 1)).epsilon(1e-9));
  const Fit all_equal = lsml::fit_lsml({.X = Matrix::Ones(4, 2), .quadruplets = {{0, 1, 2, 3}}});
  CHECK(all_equal.linear().matrix() == SquareMatrix::Identity(2, 2));
  CHECK(converged(all_equal));
}

TEST_CASE("LSML: rows as large or small as their squares allow, and no further") {
  const RowsAndQuadruplets e = judged(20, 3, 60, 8);
  const Fit plain = lsml::fit_lsml(e.samples());
  for (const double unit : {0x1p300, 0x1p-300, 1e-150, 1e150}) {
    CAPTURE(unit);
    RowsAndQuadruplets other = e;
    other.X *= unit;
    const Fit moved = lsml::fit_lsml(other.samples());
    CHECK(moved.linear().matrix().allFinite());
    CHECK(number(moved, "bound") <= number(moved, "objective"));
    const metric::Metric prior = metric::Metric::euclidean(3).scaled(1 / unit);
    CHECK(number(lsml::fit_lsml(with_prior(other.samples(), prior)), "objective") ==
          doctest::Approx(number(plain, "objective")).epsilon(2e-6));
  }
  CHECK_THROWS_AS(lsml::fit_lsml({.X = e.X * 1e200, .quadruplets = e.quadruplets}), InputError);
}

TEST_CASE(
    "LSML from labels: quadruplets drawn, seeded, which are what is given otherwise; near its proof in few steps") {
  const Dataset wine = read_dataset("wine");
  Samples samples{.X = wine.X, .y = wine.y};
  const RowVector mean = samples.X.colwise().mean();
  Matrix X = wine.X.rowwise() - mean;
  for (Index k = 0; k < X.cols(); ++k) X.col(k) /= std::sqrt(X.col(k).squaredNorm() / 178);
  samples.X = std::move(X);
  const Fit drawn = lsml::fit_lsml(samples, {.draw = 500, .seed = 3});
  CHECK(converged(drawn));
  CHECK(number(drawn, "iterations") < 30);
  CHECK(drawn.seed == 3U);
  Samples given = samples;
  given.quadruplets = prepare::draw_quadruplets(wine.y, 500, 3);
  const Fit same = lsml::fit_lsml(given);
  CHECK(same.linear().matrix() == drawn.linear().matrix());
  CHECK(!same.seed);
  CHECK(lsml::fit_lsml(samples, {.draw = 500, .seed = 4}).linear().matrix() != drawn.linear().matrix());
  CHECK(number(lsml::fit_lsml({.X = Matrix{{0.0}, {1.0}, {3.0}, {7.0}}, .y = {0, 0, 1, 1}}), "quadruplets") == 8);
}

TEST_CASE("LSML stops when told to, and names what it cannot use") {
  const RowsAndQuadruplets e = judged(20, 3, 60, 9);
  int told = 0;
  const Run run{Threads(), [&](const Progress&) { return ++told < 3; }, {}};
  const Fit fit = lsml::fit_lsml(e.samples(), {.gamma = 100, .tolerance = 1e-9}, run);
  CHECK(told == 3);
  CHECK(number(fit, "iterations") == 2);
  CHECK_FALSE(converged(fit));

  const auto refused = [&](const Quadruplet& q) {
    return test::refusal<InputError>([&] { lsml::fit_lsml({.X = e.X, .quadruplets = {q}}); });
  };
  for (const Quadruplet& q : {Quadruplet{0, 20, 1, 2}, Quadruplet{0, 1, -1, 2}, Quadruplet{0, 0, 1, 2},
                              Quadruplet{0, 1, 2, 2}, Quadruplet{0, 1, 1, 0}, Quadruplet{0, 1, 0, 1},
                              Quadruplet{0, 1, 2, 3, 0}, Quadruplet{0, 1, 2, 3, -1}, Quadruplet{0, 1, 2, 3, INFINITY}})
    CHECK(refused(q) == "quadruplet 1: two different pairs of rows of 1 to 20 are wanted, and a weight above 0");
  CHECK_THROWS_AS(lsml::fit_lsml({.X = e.X}), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml({.X = e.X, .y = Labels(20, 0)}), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml({.X = Matrix::Ones(2, 2), .y = {0, 1}}), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml({.X = Matrix::Ones(3, 2), .y = {0, 1, 1}}, {.draw = 3}), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml(e.samples(), {.gamma = 0}), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml(e.samples(), {.prior_name = "absent"}), InputError);
  CHECK_THROWS_AS(lsml::fit_lsml(e.samples(), {.tolerance = 0}), InputError);
}
