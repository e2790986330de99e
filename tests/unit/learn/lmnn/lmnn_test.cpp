#include "learn/lmnn/lmnn.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"
#include "core/random.hpp"
#include "prepare/preprocessing.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/lmnn/lmnn_check.hpp"
#include "unit/long_case.hpp"

using namespace maha;
using namespace maha::learn;
using namespace maha::learn::lmnn;

namespace {

Dataset standardised(const std::string& name) {
  Dataset data = read_dataset(name);
  data.X = prepare::fit_preprocessing(data.X, {prepare::Scale::zscore, 0}).apply(data.X);
  return data;
}

// Overlapping clusters, one for each class, without ties.
Dataset clusters(Index n, Index d, int classes, std::uint64_t seed) {
  Random random(seed);
  Dataset data{Matrix(n, d), {}};
  for (double& x : data.X.reshaped()) x = random.uniform() + random.uniform() + random.uniform();
  for (Index i = 0; i < n; ++i) {
    data.y.push_back(static_cast<int>(i % classes));
    data.X.row(i).array() += 0.4 * std::sin(1.0 + static_cast<double>(data.y.back()));
    data.X(i, data.y.back() % d) += 0.6;
  }
  return data;
}

// The report against primal and dual recomputed from the rows, the metric and the multipliers.
void check_certificate(const Dataset& data, LmnnOptions options) {
  options.want_dual = true;
  const Fit result = fit_lmnn({data.X, data.y}, options);
  CHECK(converged(result));
  CHECK(number(result, "ridge") == 0);
  CHECK(number(result, "gap") <= options.tolerance);
  const double F = lmnn_check::objective(data.X, data.y, result.linear().matrix(), options);
  CHECK(F == doctest::Approx(number(result, "objective")).epsilon(1e-10));
  const lmnn_check::Bound bound = lmnn_check::bound(data.X, data.y, result.dual, F, options);
  CHECK(bound.faults == 0);
  CHECK(bound.value <= F);
  CHECK(bound.value >= (1 - options.tolerance - 1e-9) * F);
}

}  // namespace

TEST_CASE("lmnn: primal and dual, recomputed triplet by triplet, are what the report says" *
          test::long_if_sanitized()) {
  for (const char* name : {"iris", "wine", "wdbc"}) check_certificate(standardised(name), {});
  check_certificate(read_dataset("balance-scale"), {.tolerance = 1e-4});
  check_certificate(standardised("wine"), {.k = 1, .push_weight = 0.8, .tolerance = 1e-5});
  check_certificate(standardised("wine"), {.k = 7, .push_weight = 0.2, .tolerance = 1e-5});
  check_certificate(standardised("wine"), {.tolerance = 1e-5, .diagonal = true});
}

TEST_CASE("lmnn: certified optima of standardised wine and wdbc" * test::long_if_sanitized()) {
  // Found by another program to a gap below 1e-8: k = 3, mu = 0.5, divisor n. Neither set has ties at the third target.
  const std::pair<const char*, double> optima[] = {{"wine", 208.9111640}, {"wdbc", 1555.694465}};
  for (const auto& [name, optimum] : optima) {
    const Dataset data = standardised(name);
    const Fit result = fit_lmnn({data.X, data.y}, {.tolerance = 1e-5});
    CHECK(converged(result));
    CHECK(number(result, "objective") >= optimum * (1 - 1e-9));
    CHECK(number(result, "objective") <= optimum * (1 + 1e-5));
    CHECK(number(result, "bound") <= optimum * (1 + 1e-9));
    CHECK(number(result, "bound") >= optimum * (1 - 1e-5));
  }
}

TEST_CASE("lmnn: the optimum of tiny problems, as a linear program with cutting planes finds it") {
  // tests/reference/lmnn_cutting_planes.py datasets/wine.csv with --columns 1,7,10 --step 6 -k 2, and with
  // --columns 1,2,5,7,10 --step 5 -k 2 --push-weight 0.7: there the optimum has rank 3 of 5.
  const Dataset wine = read_dataset("wine");
  const auto part = [&](const std::vector<Index>& columns, Index step) {
    Dataset data;
    const auto rows = Eigen::seq(Index{0}, wine.X.rows() - 1, step);
    data.X = wine.X(rows, columns);
    for (Index i = 0; i < wine.X.rows(); i += step) data.y.push_back(wine.y[i]);
    return data;
  };
  const Dataset three = part({0, 6, 9}, 6), five = part({0, 1, 4, 6, 9}, 5);
  const Fit first = fit_lmnn({three.X, three.y}, {.k = 2, .tolerance = 1e-7});
  CHECK(number(first, "objective") == doctest::Approx(44.3001415273).epsilon(2e-7));
  CHECK(number(first, "bound") == doctest::Approx(44.3001415273).epsilon(2e-7));
  const Fit second = fit_lmnn({five.X, five.y}, {.k = 2, .push_weight = 0.7, .tolerance = 1e-6});
  CHECK(number(second, "objective") == doctest::Approx(62.9380766844).epsilon(2e-6));
  CHECK(number(second, "bound") == doctest::Approx(62.9380766844).epsilon(2e-6));
  CHECK(second.linear().rank() == 3);
}

TEST_CASE("lmnn: of bounded rank, no worse than the convex optimum allows, and near it where the rank suffices") {
  const Dataset data = standardised("wine");
  LmnnOptions options{.rank = 13, .want_dual = true};
  const Fit full = fit_lmnn({data.X, data.y}, options);
  CHECK((converged(full) || full.local_minimum));
  CHECK(number(full, "objective") >= 208.911163);
  CHECK(number(full, "objective") <= 208.911164 * 1.002);
  CHECK(number(full, "bound") <= 208.911165);
  options.rank = 2;
  const Fit plane = fit_lmnn({data.X, data.y}, options);
  CHECK_FALSE(converged(plane));  // in a gap that is proven
  CHECK(plane.local_minimum);
  CHECK(plane.linear().rank() == 2);
  const double F = lmnn_check::objective(data.X, data.y, plane.linear().matrix());
  CHECK(F == doctest::Approx(number(plane, "objective")).epsilon(1e-10));
  CHECK(F > 208.911164);
  CHECK(F < 330);
  const lmnn_check::Bound bound = lmnn_check::bound(data.X, data.y, plane.dual, F);
  CHECK(bound.faults == 0);
  CHECK(bound.value == doctest::Approx(number(plane, "bound")).epsilon(1e-9));
  CHECK(bound.value <= 208.911165);
}

TEST_CASE("lmnn: where no impostor exists M shrinks until margins bind") {
  // Classes {0, 1} and {100, 101}, k = 1, mu = 1/2: F(M) = 2M + [1 + M - 99^2 M]_+ + ..., lowest at M = 1/9800.
  const Matrix X = (Matrix(4, 1) << 0, 1, 100, 101).finished();
  const Fit result = fit_lmnn({X, {0, 0, 1, 1}}, {.k = 1, .tolerance = 1e-9});
  CHECK(converged(result));
  CHECK(number(result, "objective") == doctest::Approx(2.0 / 9800).epsilon(1e-8));
  CHECK(result.linear().matrix()(0, 0) == doctest::Approx(1.0 / 9800).epsilon(1e-8));
}

TEST_CASE("lmnn: rotation, translation, scale and order of the rows change nothing but coordinates") {
  const Dataset data = clusters(120, 5, 3, 1);
  const LmnnOptions options{.tolerance = 1e-6};
  const Fit plain = fit_lmnn({data.X, data.y}, options);
  const double F = number(plain, "objective");

  const Matrix A = clusters(5, 5, 1, 2).X;
  const SquareMatrix Q = Eigen::SelfAdjointEigenSolver<SquareMatrix>(A + A.transpose()).eigenvectors();
  const Matrix moved = (3.0 * data.X * Q).rowwise() + RowVector::Constant(5, 1e4);
  const Fit rotated = fit_lmnn({moved, data.y}, options);
  CHECK(number(rotated, "objective") == doctest::Approx(F).epsilon(2e-6));
  const SquareMatrix back = 9.0 * Q * rotated.linear().matrix() * Q.transpose();
  CHECK(lmnn_check::objective(data.X, data.y, back) == doctest::Approx(F).epsilon(2e-6));

  Dataset reversed{data.X.colwise().reverse(), Labels(data.y.rbegin(), data.y.rend())};
  CHECK(number(fit_lmnn({reversed.X, reversed.y}, options), "objective") == doctest::Approx(F).epsilon(2e-6));
}

TEST_CASE("lmnn: a constant and a copied feature change nothing") {
  const Dataset data = clusters(90, 4, 3, 3);
  const double F = number(fit_lmnn({data.X, data.y}, {.tolerance = 1e-6}), "objective");
  Matrix X(90, 6);
  X << data.X, Vector::Constant(90, 7.0), (data.X.col(0) + 2 * data.X.col(2));
  // Targets are Euclidean over the features as they are: those of the four alone are asked for.
  Samples samples{X, data.y};
  samples.target_space = data.X;
  const Fit result = fit_lmnn(samples, {.tolerance = 1e-6});
  CHECK(converged(result));
  CHECK(number(result, "ridge") == 0);
  CHECK(number(result, "objective") == doctest::Approx(F).epsilon(2e-6));
  CHECK(result.linear().matrix().row(4).norm() <= 1e-12 * result.linear().matrix().norm());
}

TEST_CASE("lmnn: more features than rows are as many as the rows span") {
  Dataset data = clusters(40, 60, 2, 6);
  data.X.col(3).array() = 2;
  const Matrix Y = data.X.rowwise() - data.X.colwise().mean();
  const Eigen::JacobiSVD<SquareMatrix> svd(Y, Eigen::ComputeThinU);
  const Dataset span{svd.matrixU().leftCols(39) * svd.singularValues().head(39).asDiagonal(), data.y};
  const LmnnOptions options{.tolerance = 1e-2};
  const Fit wide = fit_lmnn({data.X, data.y}, options), narrow = fit_lmnn({span.X, span.y}, options);
  CHECK(converged(wide));
  CHECK(number(wide, "objective") == doctest::Approx(number(narrow, "objective")).epsilon(1e-5));
  CHECK(wide.linear().factor().col(3).norm() <= 1e-12 * wide.linear().factor().norm());
  const Matrix P = wide.linear().transform(data.X), Q = narrow.linear().transform(span.X);
  CHECK((P.row(0) - P.row(1)).squaredNorm() == doctest::Approx((Q.row(0) - Q.row(1)).squaredNorm()).epsilon(1e-3));
}

TEST_CASE("lmnn: a singular scatter of targets gets the ridge, and says so") {
  Dataset data = clusters(12, 8, 3, 4);  // 12 differences to targets span no more than 8 directions, here 6
  for (Index i = 0; i < 12; ++i) data.X.row(i).tail(2) = RowVector::Constant(2, data.y[i] * data.y[i]);
  data.X.col(7).array() = Eigen::Map<Eigen::VectorXi>(data.y.data(), 12).cast<double>().array();
  const Fit result = fit_lmnn({data.X, data.y}, {.k = 1});
  CHECK(converged(result));
  CHECK(number(result, "ridge") == 1e-3);
  CHECK(result.warnings.size() == 1);
  const Fit weights = fit_lmnn({data.X, data.y}, {.k = 1, .diagonal = true});
  CHECK(number(weights, "ridge") == 1e-3);
  CHECK(weights.linear().form() == metric::Metric::Form::weights);
}

TEST_CASE("lmnn: equal rows with contradictory labels, and nothing but equal rows") {
  Dataset data = clusters(40, 3, 2, 5);
  data.X.bottomRows(20) = data.X.topRows(20).colwise().reverse();  // row 39 - i is row i, of the other class
  const Fit result = fit_lmnn({data.X, data.y});
  CHECK(converged(result));
  CHECK(result.linear().matrix().allFinite());

  const Fit flat = fit_lmnn({Matrix::Constant(10, 2, 3.5), {0, 0, 0, 0, 0, 0, 1, 1, 1, 1}}, {.want_dual = true});
  CHECK(number(flat, "objective") == 0.5 * 3 * (6 * 4 + 4 * 6));
  CHECK(number(flat, "gap") == 0);
  CHECK(flat.dual.size() == 3 * 48);
  CHECK(flat.linear().matrix().isZero(0));
}

TEST_CASE("lmnn: M = 0 is the model, with its proof, where the pull outweighs the push") {
  // Whatever M is, no impostor is farther than the target; and so many more pull than push that nothing is gained.
  const Dataset line{(Matrix(4, 1) << 0, 1, 0, 1).finished(), {0, 0, 1, 1}};
  const std::pair<Dataset, LmnnOptions> cases[] = {
      {line, {.k = 1}}, {standardised("wine"), {.push_weight = 1e-5}}, {clusters(30, 3, 3, 9), {.push_weight = 1e-4}}};
  for (const auto& [data, usual] : cases) {
    for (const std::string form : {"matrix", "weights", "rank 1"}) {
      LmnnOptions options = usual;
      options.want_dual = true;
      options.diagonal = form == "weights";
      options.rank = form == "rank 1" ? 1 : 0;
      const Fit result = fit_lmnn({data.X, data.y}, options);
      CHECK(converged(result));
      CHECK(result.linear().rank() == 0);
      CHECK(result.linear().matrix().isZero(0));
      const double F = lmnn_check::objective(data.X, data.y, result.linear().matrix(), options);
      CHECK(number(result, "objective") == doctest::Approx(F).epsilon(1e-12));
      CHECK(number(result, "gap") == 0);
      const lmnn_check::Bound bound = lmnn_check::bound(data.X, data.y, result.dual, F, options);
      CHECK(bound.faults == 0);
      CHECK(bound.value == doctest::Approx(F).epsilon(1e-12));
    }
  }
}

TEST_CASE("lmnn: near the push weight at which M = 0 is left") {
  const Dataset data = clusters(60, 3, 3, 9);
  bool zero = false, other = false;
  for (const double mu : {1e-3, 2e-3, 4e-3, 8e-3, 1.6e-2, 3.2e-2, 6.4e-2}) {
    const LmnnOptions options{.push_weight = mu, .want_dual = true};
    const Fit result = fit_lmnn({data.X, data.y}, options);
    CHECK(converged(result));
    const double F = lmnn_check::objective(data.X, data.y, result.linear().matrix(), options);
    CHECK(number(result, "objective") == doctest::Approx(F).epsilon(1e-10));
    CHECK(F <= lmnn_check::objective(data.X, data.y, SquareMatrix::Zero(3, 3), options) * (1 + 1e-12));
    CHECK(lmnn_check::bound(data.X, data.y, result.dual, F, options).value >= (1 - 1.001e-3) * F);
    (result.linear().rank() == 0 ? zero : other) = true;
  }
  CHECK(zero);
  CHECK(other);
}

TEST_CASE("lmnn: triplets that contradict each other leave M = 0") {
  const Matrix X = (Matrix(3, 2) << 0, 0, 1, 2, 3, 1).finished();
  const Fit result = fit_lmnn({X, {}, {}, {{0, 1, 2}, {0, 2, 1}}}, {.want_dual = true});
  CHECK(converged(result));
  CHECK(result.linear().matrix().isZero(0));
  CHECK(number(result, "objective") == 1);
  CHECK(number(result, "bound") == 1);
  CHECK(result.dual.size() == 2);
}

TEST_CASE("lmnn: the same bits on any number of threads" * test::long_if_sanitized()) {
  const Dataset data = clusters(1500, 6, 4, 6);
  const Fit alone = fit_lmnn({data.X, data.y});
  for (const int count : {2, 3}) {
    Run run;
    run.threads = Threads(count);
    const Fit result = fit_lmnn({data.X, data.y}, {}, run);
    CHECK(result.linear().factor() == alone.linear().factor());
    CHECK(number(result, "bound") == number(alone, "bound"));
    CHECK(number(result, "iterations") == number(alone, "iterations"));
  }
}

TEST_CASE("lmnn: a fit that is stopped hands back its best, and a start from there is quick") {
  const Dataset data = standardised("wine");
  Run run;
  run.progress = [](const Progress& state) { return state.iteration < 15; };
  LmnnOptions options;
  options.want_dual = true;
  const Fit stopped = fit_lmnn({data.X, data.y}, options, run);
  CHECK_FALSE(converged(stopped));
  CHECK(number(stopped, "iterations") == 15);
  const double F = lmnn_check::objective(data.X, data.y, stopped.linear().matrix());
  CHECK(F == doctest::Approx(number(stopped, "objective")).epsilon(1e-10));
  CHECK(lmnn_check::bound(data.X, data.y, stopped.dual, F).value >= number(stopped, "bound") * (1 - 1e-9));
  CHECK_FALSE(converged(fit_lmnn({data.X, data.y}, {.max_iterations = 7})));

  const Fit full = fit_lmnn({data.X, data.y}, {.tolerance = 1e-4});
  const Fit again = fit_lmnn(started({data.X, data.y}, full.metric), {.tolerance = 1e-4});
  CHECK(converged(again));
  CHECK(number(again, "objective") <= number(full, "objective") * (1 + 1e-12));
  CHECK(number(again, "iterations") < number(full, "iterations"));
}

TEST_CASE("lmnn: a fit that shall stop before its first pass is through hands back where it stands") {
  const Dataset data = standardised("wine");
  Run run;
  run.stop_asked = [] { return true; };
  for (const Index rank : {0, 2}) {
    const Fit stopped = fit_lmnn({data.X, data.y}, {.rank = rank}, run);
    CHECK_FALSE(converged(stopped));
    CHECK(!value_of(stopped, "objective"));
    CHECK(!value_of(stopped, "gap"));
    CHECK(number(stopped, "bound") >= 0);
    CHECK(number(stopped, "bound") <= 208.9112);
    CHECK(stopped.linear().rank() > 0);
  }
}

TEST_CASE("lmnn: small classes are an error, or dropped") {
  Dataset data = clusters(60, 3, 2, 7);
  const Fit plain = fit_lmnn({data.X, data.y});
  Matrix X(62, 3);
  X << data.X.topRows(10), RowVector::Constant(3, 9.0), data.X.bottomRows(50), RowVector::Constant(3, -9.0);
  Labels y = data.y;
  y.insert(y.begin() + 10, 2);
  y.push_back(2);
  CHECK_THROWS_WITH_AS(fit_lmnn({X, y}), "class 2 has 2 rows: 3 target neighbours need at least 4", InputError);
  const Fit dropped = fit_lmnn({X, y}, {.drop_small_classes = true, .want_dual = true});
  CHECK(dropped.linear().factor() == plain.linear().factor());
  CHECK(number(dropped, "rows") == 60);
  int faults = 0;
  for (const auto& t : dropped.dual)
    faults += t.i == 10 || t.l == 10 || t.i == 61 || y[t.i] != y[t.j] || y[t.i] == y[t.l];
  CHECK(faults == 0);
}

TEST_CASE("lmnn: misuse is refused") {
  const Dataset data = clusters(20, 2, 2, 8);
  CHECK_THROWS_AS(fit_lmnn({data.X.topRows(19), data.y}), InputError);
  CHECK_THROWS_AS(fit_lmnn({data.X, Labels(20, 0)}), InputError);
  CHECK_THROWS_AS(fit_lmnn({data.X, data.y}, {.k = 0}), InputError);
  CHECK_THROWS_AS(fit_lmnn({data.X, data.y}, {.k = 10}), InputError);
  CHECK_THROWS_AS(fit_lmnn({data.X, data.y}, {.push_weight = 1}), InputError);
  CHECK_THROWS_AS(fit_lmnn({data.X, data.y}, {.tolerance = 0}), InputError);
  CHECK_THROWS_AS(fit_lmnn(started({data.X, data.y}, metric::Metric::euclidean(3))), InputError);
}

TEST_CASE("LMNN: rows times a power of two have the same optimum, found by the same steps") {
  const Dataset data = clusters(60, 3, 3, 31);
  for (const bool diagonal : {false, true}) {
    LmnnOptions options;
    options.diagonal = diagonal;
    const Fit common = fit_lmnn({data.X, data.y}, options);
    for (const double unit : {0x1p600, 0x1p-505}) {
      const Fit result = fit_lmnn({data.X * unit, data.y}, options);
      CHECK(number(result, "objective") == number(common, "objective"));
      CHECK(number(result, "bound") == number(common, "bound"));
      CHECK(result.linear().factor() * unit == common.linear().factor());
    }
  }
}
