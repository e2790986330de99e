#include "learn/rfm/rfm.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"
#include "linalg/spectral/eigen.hpp"
#include "unit/dataset.hpp"
#include "unit/learn/fit_values.hpp"
#include "unit/learn/row_distances.hpp"
#include "unit/orthogonal.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::learn;
using maha::test::largest_change;

namespace {

Fit machine_of(const Matrix& X, const Labels& y, const rfm::RfmOptions& options = {}, const Run& run = {}) {
  return rfm::fit_rfm({.X = X, .y = y}, options, run);
}

std::vector<double> errors_of(const Fit& fit) { return std::get<std::vector<double>>(*fit.extras.find("validation")); }

/// Two classes, by the side of a plane through the middle of a cube, whose normal is a.
struct Halves {
  Matrix X;
  Labels y;
  RowVector a;
};

Halves halves(Index n, Index d) {
  Halves data{test::random_rows(n, d, 1), {}, RowVector::Zero(d)};
  data.a[0] = 0.6;
  data.a[1] = -0.8;
  for (Index i = 0; i < n; ++i) data.y.push_back(data.X.row(i).dot(data.a) > 0 ? 1 : 0);
  return data;
}

/// How well the first eigenvector of M is along a.
double along(const SquareMatrix& M, const RowVector& a) {
  return std::abs(a.dot(linalg::eigenpairs(M).vectors.rightCols(1).col(0)));
}

/// Rounds of the definition over all rows, M a matrix and every sum a loop.
SquareMatrix slow_rounds(const Matrix& X, const Matrix& Y, Index rounds, double ridge) {
  const Index n = X.rows(), d = X.cols();
  SquareMatrix M = SquareMatrix::Identity(d, d);
  for (Index t = 0; t < rounds; ++t) {
    SquareMatrix D(n, n);
    std::vector<double> apart;
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) {
        const RowVector v = X.row(i) - X.row(j);
        D(i, j) = std::sqrt(std::max(0.0, (v * M * v.transpose()).value()));
        if (j < i) apart.push_back(D(i, j));
      }
    }
    std::sort(apart.begin(), apart.end());
    const double h = apart[apart.size() / 2];
    const SquareMatrix K = (-D / h).array().exp();
    const SquareMatrix A = linalg::least_squares(K + ridge * SquareMatrix::Identity(n, n), Y);
    SquareMatrix next = SquareMatrix::Zero(d, d);
    for (Index j = 0; j < n; ++j) {
      for (Index c = 0; c < Y.cols(); ++c) {
        Vector g = Vector::Zero(d);
        for (Index i = 0; i < n; ++i) {
          if (i != j) g -= A(i, c) * K(i, j) / (h * D(i, j)) * (M * (X.row(j) - X.row(i)).transpose());
        }
        next += g * g.transpose();
      }
    }
    M = next * static_cast<double>(d) / next.trace();
  }
  return M;
}

}  // namespace

TEST_CASE("rfm: M of two rounds is that of the definition, written out") {
  const Matrix X = test::random_rows(25, 3, 2);
  Labels y;
  Matrix Y = Matrix::Zero(25, 3);
  for (Index i = 0; i < 25; ++i) {
    y.push_back(static_cast<int>(i % 3));
    Y(i, i % 3) = 1;
  }
  Y.rowwise() -= RowVector(Y.colwise().mean());
  const rfm::RfmOptions options{.rounds = 2, .ridge = 0.05, .validation = 0};
  const SquareMatrix M = machine_of(X, y, options).linear().matrix(), expected = slow_rounds(X, Y, 2, 0.05);
  CHECK((M - expected).cwiseAbs().maxCoeff() <= 1e-9);
  CHECK(M.trace() == doctest::Approx(3).epsilon(1e-12));
}

TEST_CASE("rfm: where classes depend on a'x alone, the first direction of M tends to a") {
  const Halves data = halves(300, 6);
  const Fit fit = machine_of(data.X, data.y);
  const SquareMatrix M = fit.linear().matrix();
  CHECK(number(fit, "round") >= 1);
  CHECK(along(M, data.a) >= 0.99);
  CHECK(along(M, data.a) > along(machine_of(data.X, data.y, {.rounds = 1}).linear().matrix(), data.a));
  const Vector weights = machine_of(data.X, data.y, {.diagonal = true}).linear().diagonal();
  CHECK(weights.head(2).sum() >= 0.9 * weights.sum());
}

TEST_CASE("rfm: the round is that of the least validation error, and the model that of as many rounds over all rows") {
  const Halves data = halves(120, 4);
  const Fit fit = machine_of(data.X, data.y, {.rounds = 4});
  const std::vector<double> errors = errors_of(fit);
  REQUIRE(errors.size() == 5);
  const auto best = std::min_element(errors.begin(), errors.end()) - errors.begin();
  CHECK(number(fit, "round") == static_cast<double>(best));
  CHECK(number(fit, "iterations") == 4);
  CHECK_FALSE(fit.converged.has_value());
  const Fit straight = machine_of(data.X, data.y, {.rounds = best, .validation = 0});
  CHECK(fit.linear().factor() == straight.linear().factor());
  CHECK(number(fit, "bandwidth") == number(straight, "bandwidth"));
}

TEST_CASE("rfm: turning, moving and scaling rows changes distances by that factor alone, names of classes nothing") {
  const Dataset wine = read_dataset("wine");
  const Matrix X = wine.X.leftCols(6) / 3;
  const rfm::RfmOptions options{.rounds = 3};
  const Fit plain = machine_of(X, wine.y, options);
  const Matrix turned = (X * test::random_turn(6, 6, 3)).array() + 5;
  CHECK(largest_change(plain, X, machine_of(turned, wine.y, options), turned) <= 1e-8);
  for (const double unit : {0x1p-600, 0x1p600}) {
    const Matrix scaled = unit * X;
    const Fit fit = machine_of(scaled, wine.y, options);
    CHECK(largest_change(plain, X, fit, X) <= 1e-12);
    CHECK(number(fit, "bandwidth") == doctest::Approx(unit * number(plain, "bandwidth")).epsilon(1e-12));
  }
  Labels named;
  for (const int c : wine.y) named.push_back(2 - c);
  CHECK(largest_change(plain, X, machine_of(X, named, options), X) <= 1e-8);
}

TEST_CASE("rfm: without rows held out, and with no more of them than are drawn of, their order does not matter") {
  const Dataset iris = read_dataset("iris");
  const rfm::RfmOptions options{.rounds = 2, .validation = 0};
  const Matrix backwards = iris.X.colwise().reverse();
  const Fit plain = machine_of(iris.X, iris.y, options);
  CHECK(largest_change(plain, iris.X, machine_of(backwards, Labels(iris.y.rbegin(), iris.y.rend()), options), iris.X) <=
        1e-7);
}

TEST_CASE("rfm: the same bits on any number of threads; another seed holds out other rows") {
  const Dataset wine = read_dataset("wine");
  const rfm::RfmOptions options{.rounds = 2, .centers = 50};
  const auto factor = [&](int count) {
    return machine_of(wine.X, wine.y, options, {Threads(count), {}, {}}).linear().factor();
  };
  CHECK(factor(1) == factor(3));
  CHECK(errors_of(machine_of(wine.X, wine.y)) != errors_of(machine_of(wine.X, wine.y, {.seed = 2})));
}

TEST_CASE("rfm: of fewer rows than features, distances are those in the space of their differences") {
  const Matrix few = test::random_rows(12, 11, 4), X = few * test::random_turn(11, 40, 5);
  Labels y;
  for (Index i = 0; i < 12; ++i) y.push_back(few(i, 0) > 0 ? 1 : 0);
  const rfm::RfmOptions options{.rounds = 2, .validation = 0};
  const Fit wide = machine_of(X, y, options);
  CHECK(wide.linear().rank() <= 11);
  CHECK(wide.linear().factor().squaredNorm() == doctest::Approx(40).epsilon(1e-12));
  const SquareMatrix D = test::row_distances(wide, X), E = test::row_distances(machine_of(few, y, options), few);
  CHECK((D - std::sqrt(40.0 / 11) * E).cwiseAbs().maxCoeff() <= 1e-7 * D.maxCoeff());
}

TEST_CASE("rfm: a constant feature gets no weight, and changes distances by a factor alone") {
  const Dataset iris = read_dataset("iris");
  Matrix X(150, 5);
  X << iris.X, Vector::Constant(150, 0.1);
  const rfm::RfmOptions options{.rounds = 2, .validation = 0};
  const Fit plain = machine_of(iris.X, iris.y, options), fit = machine_of(X, iris.y, options);
  CHECK(fit.linear().diagonal()[4] == 0);
  const SquareMatrix D = test::row_distances(plain, iris.X), E = test::row_distances(fit, X);
  CHECK((E - std::sqrt(5.0 / 4) * D).cwiseAbs().maxCoeff() <= 1e-8 * E.maxCoeff());
}

TEST_CASE("rfm: where nothing can be learned M stays I") {
  const auto stays = [](const Matrix& X, const Labels& y) {
    for (const bool diagonal : {false, true}) {
      for (const double validation : {0.0, 0.25}) {
        const Fit fit = machine_of(X, y, {.diagonal = diagonal, .validation = validation});
        CHECK((fit.linear().matrix() - SquareMatrix::Identity(X.cols(), X.cols())).cwiseAbs().maxCoeff() <= 1e-15);
      }
    }
  };
  stays(Matrix::Constant(12, 3, 7), {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1});  // equal rows
  stays(Matrix{{1.0}, {2.0}, {4.0}, {5.0}}, {0, 0, 1, 1});                  // one feature
  Matrix twice(40, 3);                                                      // each row in both classes
  twice << test::random_rows(20, 3, 6), test::random_rows(20, 3, 6);
  Labels both(40, 0);
  std::fill(both.begin() + 20, both.end(), 1);
  const Fit fit = machine_of(twice, both);
  CHECK(number(fit, "round") == 0);
  stays(Matrix::Ones(2, 4), {0, 1});  // no more rows than features, and no direction in which they differ
}

TEST_CASE("rfm: classes of a row each are learned from without a validation; a single class is refused") {
  const Matrix X = test::random_rows(6, 2, 7);
  Index told = 0;
  const Run run{Threads(), [&](const Progress& state) { return state.iteration == told++; }, {}};
  const Fit fit = machine_of(X, {0, 1, 2, 3, 4, 5}, {.rounds = 2}, run);
  CHECK(told == 3);
  CHECK(number(fit, "round") == 2);
  CHECK(fit.linear().factor().allFinite());
  CHECK(test::refusal<InputError>([&] { machine_of(X, {3, 3, 3, 3, 3, 3}); }) == "all 6 rows are of one class");
}

TEST_CASE("rfm: a stop ends it with the best round until then") {
  const Halves data = halves(120, 4);
  const auto after = [&](Index round) {
    Index told = -1;
    const Run run{Threads(), [&](const Progress& state) { return (told = state.iteration) < round; }, {}};
    const Fit fit = machine_of(data.X, data.y, {.rounds = 4}, run);
    CHECK(told == round);
    CHECK(fit.converged == std::optional(false));
    return fit;
  };
  CHECK(after(0).linear().matrix() == SquareMatrix::Identity(4, 4));
  const Fit second = after(2);
  CHECK(number(second, "iterations") == 2);
  CHECK(errors_of(second).size() == 3);
  CHECK(number(second, "round") >= 1);
  const Fit at_once = machine_of(data.X, data.y, {}, {Threads(), {}, [] { return true; }});
  CHECK(at_once.linear().matrix() == SquareMatrix::Identity(4, 4));
  CHECK(at_once.converged == std::optional(false));
}

TEST_CASE(
    "rfm: a target, whatever its unit, is learned from as classes are, and parts of its range are held out alike") {
  const Halves data = halves(200, 5);
  Vector target(200);
  for (Index i = 0; i < 200; ++i) target[i] = std::exp(2 * data.X.row(i).dot(data.a));
  const auto fitted = [&](const Vector& numbers) { return rfm::fit_rfm({.X = data.X, .target = numbers}); };
  const Fit fit = fitted(target);
  CHECK(along(fit.linear().matrix(), data.a) >= 0.99);
  CHECK(errors_of(fit).back() < errors_of(fit).front());
  for (const double unit : {-3.0, 0x1p600}) CHECK(largest_change(fit, data.X, fitted(unit * target), data.X) <= 1e-9);
  CHECK(test::refusal<InputError>([&] { fitted(Vector::Constant(200, 1e300)); }) ==
        "the target is the same in all 200 rows");
}
