#include "learn/itml/itml.hpp"

#include <doctest/doctest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/rows_and_pairs.hpp"

using namespace maha;
using namespace maha::learn;

namespace {

// Two clouds; pairs within and between them.
RowsAndPairs clouds(Index n, Index d, Index count, std::uint64_t seed) {
  Random random(seed);
  RowsAndPairs e{Matrix(n, d), {}};
  for (double& x : e.X.reshaped()) x = random.uniform() - 0.5;
  for (Index i = 0; i < n; i += 2) e.X(i, 0) += 0.7;
  for (Index p = 0; p < count; ++p) {
    const Index i = random.below(n), j = (i + 1 + random.below(n - 1)) % n;
    e.pairs.push_back({i, j, (i - j) % 2 == 0});
  }
  return e;
}

SquareMatrix example_prior(Index d) {
  SquareMatrix M = SquareMatrix::Identity(d, d);
  M(0, 0) = 3;
  M(1, 0) = M(0, 1) = 0.5;
  return M;
}

// The objective as the paper has it, at the best xi for M.
double objective(const RowsAndPairs& e, const SquareMatrix& M, const SquareMatrix& M0, double u, double l,
                 double gamma) {
  const SquareMatrix Q = M * M0.inverse();
  double sum = Q.trace() - std::log(Q.determinant()) - static_cast<double>(M.rows());
  for (const Pair& pair : e.pairs) {
    const RowVector v = e.X.row(pair.i) - e.X.row(pair.j);
    const double xi0 = pair.similar ? u * u : l * l, t = (v * M).dot(v) / xi0;
    if (pair.similar ? t > 1 : t < 1) sum += gamma * (t - std::log(t) - 1);
  }
  return sum;
}

// Algorithm 1 of Davis et al., the cyclic Bregman projections.
SquareMatrix cyclic_projections(const RowsAndPairs& e, SquareMatrix A, double u, double l, double gamma, int sweeps) {
  const auto count = static_cast<Index>(e.pairs.size());
  Vector lambda = Vector::Zero(count), xi(count);
  for (Index k = 0; k < count; ++k) xi[k] = e.pairs[static_cast<std::size_t>(k)].similar ? u * u : l * l;
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (Index k = 0; k < count; ++k) {
      const auto [i, j, similar] = e.pairs[static_cast<std::size_t>(k)];
      const Vector Av = A * (e.X.row(i) - e.X.row(j)).transpose();
      const double p = (e.X.row(i) - e.X.row(j)).dot(Av), delta = similar ? 1 : -1;
      const double alpha = std::min(lambda[k], delta * gamma / (gamma + 1) * (1 / p - 1 / xi[k]));
      lambda[k] -= alpha;
      xi[k] = gamma * xi[k] / (gamma + delta * alpha * xi[k]);
      A += delta * alpha / (1 - delta * alpha * p) * Av * Av.transpose();
    }
  }
  return A;
}

}  // namespace

TEST_CASE("ITML is the limit of the paper's cyclic projections") {
  const RowsAndPairs e = clouds(20, 3, 40, 1);
  const double u = 0.5, l = 1.2;
  const SquareMatrix M0 = example_prior(3);
  const Fit result = itml::fit_itml(with_prior({e.X, {}, e.pairs}, metric::Metric::from_matrix(M0)),
                                    {.similar_within = u, .dissimilar_beyond = l, .tolerance = 1e-10});
  CHECK(converged(result));
  const SquareMatrix M = result.linear().matrix(), twin = cyclic_projections(e, M0, u, l, 1, 3000);
  CHECK((M - twin).norm() < 1e-4 * M.norm());
  CHECK(number(result, "objective") == doctest::Approx(objective(e, M, M0, u, l, 1)).epsilon(1e-9));
  CHECK(number(result, "objective") <= objective(e, twin, M0, u, l, 1));
}

TEST_CASE("the bound of ITML is below the objective of every matrix, wherever the fit stops") {
  const RowsAndPairs e = clouds(20, 3, 60, 2);
  const SquareMatrix M0 = SquareMatrix::Identity(3, 3);
  for (const double gamma : {0.01, 1.0, 100.0}) {
    CAPTURE(gamma);
    itml::ItmlOptions options{.gamma = gamma, .similar_within = 0.4, .dissimilar_beyond = 1.5, .tolerance = 1e-9};
    const Fit best = itml::fit_itml({e.X, {}, e.pairs}, options);
    CHECK(converged(best));
    const double optimum = number(best, "objective");
    const SquareMatrix L = best.linear().factor().transpose();
    Random random(3);
    int faults = 0;
    for (int trial = 0; trial < 300; ++trial) {  // near the optimum and far
      SquareMatrix C = SquareMatrix::Identity(3, 3);
      for (double& x : C.reshaped()) x += std::pow(10.0, -(trial % 6)) * (random.uniform() - 0.5);
      const SquareMatrix M = L * C * C.transpose() * L.transpose();
      faults += objective(e, M, M0, 0.4, 1.5, gamma) < number(best, "bound");
    }
    CHECK(faults == 0);
    for (int iterations = 1; iterations < number(best, "iterations"); ++iterations) {
      options.max_iterations = iterations;
      const Fit early = itml::fit_itml({e.X, {}, e.pairs}, options);
      faults += number(early, "bound") > optimum || number(early, "objective") < optimum || converged(early);
      faults += number(early, "gap") < 0 || number(early, "gap") > 1 || number(early, "iterations") != iterations;
    }
    CHECK(faults == 0);
  }
}

TEST_CASE("ITML of one pair in one dimension by hand") {
  const Matrix X{{0.0}, {2.0}};  // min x - log x - 1 + gamma (4x/xi - log(4x/xi) - 1) while 4x > xi
  const double gamma = 3, xi = 0.25;
  const Fit result =
      itml::fit_itml({X, {}, {{0, 1, true}}}, {.gamma = gamma, .similar_within = 0.5, .tolerance = 1e-12});
  CHECK(result.linear().matrix()(0, 0) == doctest::Approx((1 + gamma) / (1 + gamma * 4 / xi)).epsilon(1e-6));
  CHECK(number(result, "violated") == 1);
}

TEST_CASE("pairs that are within their bounds leave the prior as it is") {
  const RowsAndPairs e = clouds(20, 3, 40, 4);
  const Fit result = itml::fit_itml({e.X, {}, e.pairs}, {.similar_within = 100.0, .dissimilar_beyond = 1e-9});
  CHECK(result.linear().matrix() == SquareMatrix::Identity(3, 3));
  CHECK(number(result, "objective") == 0);
  CHECK(number(result, "gap") == 0);
  CHECK(converged(result));
}

TEST_CASE("ITML on real data comes to its certificate within few Newton steps") {
  const Dataset wine = read_dataset("wine");
  RowsAndPairs e{wine.X, {}};
  const RowVector mean = e.X.colwise().mean();
  e.X.rowwise() -= mean;
  for (Index k = 0; k < e.X.cols(); ++k) e.X.col(k) /= std::sqrt(e.X.col(k).squaredNorm() / 178);
  Random random(5);
  for (int p = 0; p < 1000; ++p) {
    const Index i = random.below(178), j = (i + 1 + random.below(177)) % 178;
    e.pairs.push_back({i, j, wine.y[static_cast<std::size_t>(i)] == wine.y[static_cast<std::size_t>(j)]});
  }
  const Fit result = itml::fit_itml({e.X, {}, e.pairs}, {.tolerance = 1e-8});
  CHECK(converged(result));
  CHECK(number(result, "iterations") < 40);
  const SquareMatrix M = result.linear().matrix();
  for (const int count : {2, 3}) {
    CHECK(itml::fit_itml({e.X, {}, e.pairs}, {.tolerance = 1e-8}, {Threads(count), {}}).linear().matrix() == M);
  }
}

TEST_CASE("ITML moves with the data and the prior") {
  const RowsAndPairs e = clouds(20, 3, 50, 6);
  SquareMatrix T(3, 3);
  T << 2, 1, 0, 0, 0.1, 0, 0, 0, 30;
  const SquareMatrix M0 = example_prior(3), back = T.inverse();
  const itml::ItmlOptions options{.tolerance = 1e-10};
  const Fit result = itml::fit_itml(with_prior({e.X, {}, e.pairs}, metric::Metric::from_matrix(M0)), options);
  const Samples elsewhere{(e.X * T).rowwise() + RowVector::Constant(3, 50), {}, e.pairs};
  const Fit moved =
      itml::fit_itml(with_prior(elsewhere, metric::Metric::from_matrix(back * M0 * back.transpose())), options);
  CHECK(number(moved, "objective") == doctest::Approx(number(result, "objective")).epsilon(1e-8));
  CHECK(number(moved, "similar_within") == doctest::Approx(number(result, "similar_within")).epsilon(1e-10));
  const SquareMatrix M = result.linear().matrix();
  CHECK((T * moved.linear().matrix() * T.transpose() - M).norm() < 1e-4 * M.norm());

  const metric::Metric rank_2 =
      metric::Metric::from_weights(Vector{{1.0, 2.0, 0.0}});  // what it does not see stays unseen
  const Fit flat = itml::fit_itml(with_prior({e.X, {}, e.pairs}, rank_2), options);
  CHECK(flat.linear().rank() == 2);
  CHECK(flat.linear().matrix().row(2).isZero());
}

TEST_CASE("bounds are percentiles of squared distances between rows that differ") {
  const Matrix X{{0.0}, {1.0}, {3.0}, {3.0}};  // squared: 1, 9, 9, 4, 4, and a 0 that does not count
  const itml::ItmlOptions options{.similar_percentile = 25, .dissimilar_percentile = 90};
  const Fit result = itml::fit_itml({X, {}, {{0, 1, true}}}, options);
  CHECK(number(result, "similar_within") == doctest::Approx(2));
  CHECK(number(result, "dissimilar_beyond") == doctest::Approx(3));
  const Fit between = itml::fit_itml({X, {}, {{0, 1, true}}}, {.similar_percentile = 10, .dissimilar_percentile = 100});
  CHECK(number(between, "similar_within") == doctest::Approx(std::sqrt(1 + 0.4 * 3)));

  Random random(7);  // of more rows than all pairs are wanted of, a sample: seeded, and near the truth
  Matrix line(1000, 1);
  for (double& x : line.reshaped()) x = random.uniform();
  const auto within = [&](std::uint64_t seed) {
    return number(itml::fit_itml({line, {}, {{0, 1, true}}}, {.similar_percentile = 50, .seed = seed}),
                  "similar_within");
  };
  CHECK(within(1) == within(1));
  CHECK(within(1) != within(2));
  CHECK(within(1) == doctest::Approx(1 - std::sqrt(0.5)).epsilon(0.05));  // the median of |x - y|, x and y uniform
}

TEST_CASE("pairs of equal rows do not stop ITML") {
  RowsAndPairs e = clouds(20, 3, 40, 8);
  e.X.row(1) = e.X.row(0);
  const SquareMatrix before = itml::fit_itml({e.X, {}, e.pairs}).linear().matrix();
  e.pairs.push_back({0, 1, true});
  CHECK(itml::fit_itml({e.X, {}, e.pairs}).warnings.empty());
  CHECK(itml::fit_itml({e.X, {}, e.pairs}).linear().matrix() == before);
  e.pairs.push_back({0, 1, false});
  const Fit result = itml::fit_itml({e.X, {}, e.pairs});
  CHECK(result.warnings.size() == 1);
  CHECK(result.linear().matrix() == before);
  const Fit equal = itml::fit_itml({Matrix::Ones(4, 2), {}, {{0, 1, true}, {2, 3, false}}});
  CHECK(equal.linear().matrix() == SquareMatrix::Identity(2, 2));
  CHECK(converged(equal));
}

TEST_CASE("ITML stops when told to, and names what it cannot use") {
  const RowsAndPairs e = clouds(20, 3, 60, 2);
  int told = 0;
  const Run run{Threads(), [&](const Progress&) { return ++told < 3; }};
  const Fit result = itml::fit_itml({e.X, {}, e.pairs}, {.tolerance = 1e-9}, run);
  CHECK(told == 3);
  CHECK(number(result, "iterations") == 2);
  CHECK_FALSE(converged(result));

  CHECK_THROWS_WITH_AS(itml::fit_itml({e.X, {}, {}}), "there is no pair", InputError);
  CHECK_THROWS_AS(itml::fit_itml({e.X, {}, {{0, 20, true}}}), InputError);
  CHECK_THROWS_AS(itml::fit_itml({e.X, {}, e.pairs}, {.gamma = 0}), InputError);
  CHECK_THROWS_AS(itml::fit_itml(with_prior({e.X, {}, e.pairs}, metric::Metric::euclidean(4))), InputError);
  CHECK_THROWS_AS(itml::fit_itml({e.X, {}, e.pairs}, {.similar_within = -1.0}), InputError);
  CHECK_THROWS_AS(itml::fit_itml({e.X, {}, e.pairs}, {.similar_percentile = 101}), InputError);
  CHECK_THROWS_AS(itml::fit_itml({e.X, {}, e.pairs}, {.tolerance = 0}), InputError);
  CHECK_THROWS_AS(itml::fit_itml({e.X, {}, e.pairs}, {.max_iterations = 0}), InputError);
}

TEST_CASE("ITML: a start moves the time it takes, and not the optimum, whatever its rank") {
  const RowsAndPairs e = clouds(60, 5, 300, 22);
  for (const metric::Metric& prior : {metric::Metric::euclidean(5), metric::Metric::from_matrix(example_prior(5))}) {
    const itml::ItmlOptions options{.gamma = 5};
    const Samples samples = with_prior({e.X, {}, e.pairs}, prior);
    const Fit plain = itml::fit_itml(samples, options);
    const double F = number(plain, "objective");
    const Fit again = itml::fit_itml(started(samples, plain.metric), options);
    CHECK(converged(again));
    CHECK(number(again, "objective") == doctest::Approx(F).epsilon(2e-6));
    CHECK(number(again, "iterations") < number(plain, "iterations"));
    const Eigen::SelfAdjointEigenSolver<SquareMatrix> eigen(plain.linear().matrix());
    for (const double size : {1e-3, 1.0, 1e3}) {
      const metric::Metric line = metric::Metric::from_factor(size * eigen.eigenvectors().leftCols(1).transpose());
      const Fit result = itml::fit_itml(started(samples, line), options);
      CHECK(converged(result));
      CHECK(number(result, "objective") == doctest::Approx(F).epsilon(2e-6));
    }
    CHECK_THROWS_AS(itml::fit_itml(started(samples, metric::Metric::euclidean(4)), options), InputError);
  }
}

TEST_CASE("ITML: a start that leads nowhere is dropped after some iterations") {
  // Raw wdbc: features of a thousand times the size of others make nearly anything better than the identity.
  const Dataset data = read_dataset("wdbc");
  RowsAndPairs e{data.X, {}};
  Random random(23);
  for (Index p = 0; p < 400; ++p) {
    const Index i = random.below(e.X.rows()), j = (i + 1 + random.below(e.X.rows() - 1)) % e.X.rows();
    e.pairs.push_back({i, j, data.y[static_cast<std::size_t>(i)] == data.y[static_cast<std::size_t>(j)]});
  }
  itml::ItmlOptions options;
  const Fit plain = itml::fit_itml({e.X, {}, e.pairs}, options);
  const metric::Metric line = metric::Metric::from_factor(1e-2 * RowVector::Ones(e.X.cols()));
  const Fit result = itml::fit_itml(started({e.X, {}, e.pairs}, line), options);
  CHECK(converged(plain));
  CHECK(converged(result));
  CHECK(number(result, "objective") == doctest::Approx(number(plain, "objective")).epsilon(2e-6));
  CHECK(number(result, "iterations") > number(plain, "iterations"));
}

TEST_CASE("ITML of features of very unlike size, and of bounds far from any distance, ends and certifies") {
  const RowsAndPairs unlike{Matrix{{1e9, 1.0}, {1.0, 2.0}, {2.0, 1.0}, {3.0, 5.0}, {0.0, 0.0}},
                            {{0, 1, true}, {1, 4, true}, {2, 3, true}, {0, 2, false}, {1, 3, false}}};
  const Fit result = itml::fit_itml({unlike.X, {}, unlike.pairs});
  CHECK(converged(result));
  const RowsAndPairs e = clouds(20, 3, 40, 9);
  for (const double far : {1e9, 1e30, 1e100}) {
    CAPTURE(far);
    for (const itml::ItmlOptions& options :
         {itml::ItmlOptions{.dissimilar_beyond = far}, itml::ItmlOptions{.similar_within = 1 / far}}) {
      const Fit beyond = itml::fit_itml({e.X, {}, e.pairs}, options);
      CHECK(beyond.linear().matrix().allFinite());
      CHECK(std::isfinite(number(beyond, "objective")));
      CHECK(number(beyond, "bound") <= number(beyond, "objective"));
      if (far == 1e9) CHECK(converged(beyond));
    }
  }
}

TEST_CASE("ITML: the gap is never negative, and proven, however little or much the pairs weigh") {
  const RowsAndPairs e = clouds(20, 3, 60, 10);
  for (double gamma = 1e-18; gamma < 1e7; gamma *= 10) {
    CAPTURE(gamma);
    const Fit result = itml::fit_itml({e.X, {}, e.pairs}, {.gamma = gamma});
    CHECK(number(result, "bound") <= number(result, "objective"));
    CHECK(number(result, "gap") >= 0);
    CHECK(converged(result));
    if (gamma > 1e-10) continue;  // M is all but the prior: the objective is gamma times its pairs' there
    const double at_prior = objective(e, SquareMatrix::Identity(3, 3), SquareMatrix::Identity(3, 3),
                                      number(result, "similar_within"), number(result, "dissimilar_beyond"), 1);
    CHECK(number(result, "objective") == doctest::Approx(gamma * at_prior).epsilon(1e-6));
  }
}

TEST_CASE("ITML near a prior that is nearly singular: the bound holds for what the prior's coordinates are") {
  // (x, y, x + 2^-k z) with the prior moved along is the problem of (x, y, z): the optimum is the same.
  RowsAndPairs plain{Matrix(30, 3), clouds(30, 3, 80, 11).pairs};
  Random random(12);
  for (double& x : plain.X.reshaped()) x = static_cast<double>(random.below(100)) / 64;
  const itml::ItmlOptions bounds{.similar_within = 0.4, .dissimilar_beyond = 1.5, .tolerance = 1e-10};
  const double optimum = number(itml::fit_itml({plain.X, {}, plain.pairs}, bounds), "objective");
  for (int k = 2; k <= 34; k += 4) {
    CAPTURE(k);
    const double size = std::pow(2.0, -k);
    Matrix X = plain.X;
    X.col(2) = X.col(0) + size * X.col(2);
    Matrix back = Matrix::Identity(3, 3);  // z = (third - first) / size
    back.row(2) = RowVector{{-1 / size, 0.0, 1 / size}};
    itml::ItmlOptions options = bounds;
    options.tolerance = 1e-5;
    const Fit result = itml::fit_itml(with_prior({X, {}, plain.pairs}, metric::Metric::from_factor(back)), options);
    CHECK(number(result, "bound") <= optimum * (1 + 1e-9));
    CHECK(number(result, "gap") >= 0);
    if (k > 22) continue;  // where rounding leaves less than the tolerance asks for
    CHECK(number(result, "objective") >= optimum * (1 - 1e-5));
    CHECK(converged(result));
  }
}

TEST_CASE("ITML next to the prior 0 is 0") {
  const RowsAndPairs e = clouds(20, 3, 40, 13);
  for (const metric::Metric& zero :
       {metric::Metric::from_weights(Vector::Zero(3)), metric::Metric::from_matrix(SquareMatrix::Zero(3, 3))}) {
    const Fit result = itml::fit_itml(with_prior({e.X, {}, e.pairs}, zero));
    CHECK(result.linear().matrix().isZero());
    CHECK(number(result, "objective") == 0);
    CHECK(converged(result));
  }
}

TEST_CASE("ITML: pairs that are beyond their bounds by rounding alone leave the prior, with its proof") {
  Matrix X(4, 2);
  X << 0, 0, 3, 1, 1, 7, 0.1, 0.3;
  itml::ItmlOptions options;
  options.gamma = 1e6;
  const double distance = (X.row(0) - X.row(1)).norm();
  for (const double step : {-1.0, 1.0}) {
    options.similar_within = std::nextafter(distance, step * 1e9);
    options.dissimilar_beyond = 1;
    const Fit result = itml::fit_itml({X, {}, {{0, 1, true}, {0, 2, false}}}, options);
    CHECK(number(result, "objective") == 0);
    CHECK(number(result, "bound") == 0);
    CHECK(converged(result));
  }
}

TEST_CASE("ITML: a row far away that no pair names does not make others equal") {
  Matrix near(3, 2), more(4, 2);
  near << 0, 0, 1e-20, 3e-20, 5e-20, 1e-20;
  more << near, 1, 5;
  const Pairs pairs{{0, 1, true}, {0, 2, true}, {1, 2, false}};
  itml::ItmlOptions options;
  options.similar_within = 1e-20;
  options.dissimilar_beyond = 1e-19;
  const Fit alone = itml::fit_itml({near, {}, pairs}, options), beside = itml::fit_itml({more, {}, pairs}, options);
  CHECK(beside.warnings.empty());
  CHECK(number(alone, "objective") == doctest::Approx(4.988007606).epsilon(1e-6));
  CHECK(number(beside, "objective") == number(alone, "objective"));
}

TEST_CASE("ITML: rows times a power of two have the same M, for bounds times it") {
  const RowsAndPairs e = clouds(40, 3, 60, 41);
  const Fit common = itml::fit_itml({e.X, {}, e.pairs});
  for (const double unit : {0x1p600, 0x1p-600}) {
    const Fit result = itml::fit_itml({e.X * unit, {}, e.pairs});
    CHECK(number(result, "objective") == number(common, "objective"));
    CHECK(number(result, "similar_within") == number(common, "similar_within") * unit);
    CHECK(result.linear().factor() == common.linear().factor());
    itml::ItmlOptions given;
    given.similar_within = 1;
    CHECK_THROWS_AS(itml::fit_itml({e.X * unit, {}, e.pairs}, given), InputError);
    given.similar_within = 0.1 * unit;
    CHECK(number(itml::fit_itml({e.X * unit, {}, e.pairs}, given), "violated") > 0);
  }
}

TEST_CASE("ITML in the span of few rows is what it is over all features") {
  const RowsAndPairs e = clouds(6, 9, 12, 4);
  for (const bool euclidean : {true, false}) {
    const SquareMatrix M0 = euclidean ? SquareMatrix(SquareMatrix::Identity(9, 9)) : example_prior(9);
    Samples samples{e.X, {}, e.pairs};
    if (!euclidean) samples = with_prior(samples, metric::Metric::from_matrix(M0));
    itml::ItmlOptions options{.similar_within = 0.6, .dissimilar_beyond = 1.4, .tolerance = 1e-9};
    const Fit fit = itml::fit_itml(samples, options);
    CHECK(converged(fit));
    const SquareMatrix M = fit.linear().matrix();
    CHECK(objective(e, M, M0, 0.6, 1.4, 1) == doctest::Approx(number(fit, "objective")).epsilon(1e-8));
    CHECK((M - cyclic_projections(e, M0, 0.6, 1.4, 1, 3000)).norm() <= 1e-4 * M.norm());
    samples.init = fit.metric;
    CHECK(number(itml::fit_itml(samples, options), "iterations") <= 2);
  }
  CHECK_THROWS_WITH_AS(
      itml::fit_itml({Matrix::Identity(4, 7300), {}, {{0, 1, true}, {1, 2, false}}}),
      "M is a full matrix of 7300 x 7300, a model of 1.1 GB; --pca R makes it small, and with fewer rows "
      "than features so does --prior covariance",
      InputError);
}
