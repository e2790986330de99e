#include "metric/metric.hpp"

#include <doctest/doctest.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/random_rows.hpp"
#include "unit/refusal.hpp"

using namespace maha;
using namespace maha::metric;
using maha::test::random_rows;

namespace {

SquareMatrix square(std::initializer_list<std::initializer_list<double>> rows) {
  SquareMatrix M(static_cast<Index>(rows.size()), static_cast<Index>(rows.begin()->size()));
  Index i = 0;
  for (const auto& row : rows) {
    Index j = 0;
    for (const double value : row) M(i, j++) = value;
    ++i;
  }
  return M;
}

/// The message of from_matrix's InputError, or "" if M was taken.
std::string complaint(const SquareMatrix& M) {
  return test::refusal<InputError>([&] { Metric::from_matrix(M); });
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("distances after the transform are those of M") {
  const Matrix X = test::random_rows(7, 5, 1);
  const Matrix B = test::random_rows(5, 5, 2);
  const SquareMatrix M = B.transpose() * B;
  for (const Metric& metric : {Metric::from_matrix(M), Metric::from_factor(B), Metric::from_weights(M.diagonal())}) {
    const SquareMatrix form = metric.matrix();
    const Matrix Z = metric.transform(X);
    REQUIRE(Z.cols() == metric.rank());
    CHECK((metric.factor().transpose() * metric.factor() - form).norm() <= 1e-13 * form.norm());
    CHECK((metric.diagonal() - form.diagonal()).norm() <= 1e-13 * form.norm());
    for (Index i = 0; i < X.rows(); ++i) {
      const RowVector v = X.row(i) - X.row(0);
      const double expected = v * form * v.transpose();
      CHECK((Z.row(i) - Z.row(0)).squaredNorm() == doctest::Approx(expected).epsilon(1e-12));
    }
  }
}

TEST_CASE("a metric keeps the form it was learned in") {
  const SquareMatrix M = square({{2, 1}, {1, 3}});
  CHECK(Metric::from_matrix(M).form() == Metric::Form::matrix);
  CHECK(Metric::from_matrix(M).matrix() == M);
  const Matrix L = test::random_rows(2, 6, 3);
  CHECK(Metric::from_factor(L).form() == Metric::Form::factor);
  CHECK(Metric::from_factor(L).factor() == L);
  CHECK(Metric::from_factor(L).dims() == 6);
  CHECK(Metric::from_factor(L).rank() == 2);
}

TEST_CASE("the Euclidean metric changes nothing, to the bit") {
  const Matrix X = test::random_rows(300, 4, 4);
  CHECK(Metric::euclidean(4).transform(X) == X);
  CHECK(Metric::from_matrix(SquareMatrix::Identity(4, 4)).transform(X) == X);
  CHECK(Metric::from_matrix(SquareMatrix::Identity(4, 4)).factor() == Matrix::Identity(4, 4));
}

TEST_CASE("ten thousand features take memory for the factor only") {
  const Index d = 10000;
  const Metric metric = Metric::from_factor(test::random_rows(2, d, 5));
  CHECK(metric.transform(test::random_rows(3, d, 6)).cols() == 2);
  CHECK(Metric::euclidean(d).transform(test::random_rows(3, d, 6)).cols() == d);
  CHECK(metric.diagonal().size() == d);
}

TEST_CASE("a row's image depends on the row alone: not on its place, its neighbours or the threads") {
  for (const Index d : {1, 3, 30}) {
    for (const Index r : {1, 2, 5, 30}) {
      const Metric metric = Metric::from_factor(test::random_rows(r, d, 8));
      const Matrix X = test::random_rows(301, d, 9);
      const Matrix Z = metric.transform(X, Threads(3));
      std::vector<Index> order(301);
      std::iota(order.begin(), order.end(), 0);
      Random(10).shuffle(order);
      Matrix shuffled(301, d);
      for (Index i = 0; i < 301; ++i) shuffled.row(i) = X.row(order[static_cast<std::size_t>(i)]);
      const Matrix Zs = metric.transform(shuffled);
      Index changed = 0;
      for (Index i = 0; i < 301; ++i) {
        const Index from = order[static_cast<std::size_t>(i)];
        changed += Zs.row(i) != Z.row(from);
        changed += metric.transform(X.row(from)) != Z.row(from);
      }
      CHECK(changed == 0);
    }
  }
}

TEST_CASE("rounding in M is put right with a note, more than that names the entry") {
  std::vector<std::string> notes;
  const Metric averaged = Metric::from_matrix(square({{1, 0.5}, {0.5 + 4e-9, 1}}), &notes);
  CHECK(averaged.matrix()(0, 1) == 0.5 * 0.5 + 0.5 * (0.5 + 4e-9));
  CHECK(averaged.matrix()(1, 0) == 0.5 * 0.5 + 0.5 * (0.5 + 4e-9));
  REQUIRE(notes.size() == 1);
  CHECK(contains(notes[0], "symmetric"));

  notes.clear();
  const Metric clipped = Metric::from_matrix(square({{1, 1 + 1e-9}, {1 + 1e-9, 1}}), &notes);
  CHECK(clipped.rank() == 1);
  CHECK(clipped.matrix().determinant() == doctest::Approx(0).epsilon(1e-15));
  CHECK(clipped.matrix()(0, 0) == doctest::Approx(1).epsilon(1e-8));
  REQUIRE(notes.size() == 1);
  CHECK(contains(notes[0], "positive semidefinite"));

  notes.clear();
  CHECK(Metric::from_matrix(square({{1, 1}, {1, 1}}), &notes).rank() == 1);
  CHECK(notes.empty());

  CHECK(contains(complaint(square({{1, 0}, {0, 1}, {0, 0}})), "3 rows and 2 columns"));
  CHECK(contains(complaint(square({{1, 0.5}, {0.5001, 1}})), "row 2, column 1 is 0.5001"));
  CHECK(contains(complaint(square({{1, 0}, {0, -1}})), "row 2, column 2 is -1"));
  CHECK(contains(complaint(square({{1, 0}, {std::numeric_limits<double>::quiet_NaN(), 1}})), "row 2, column 1 is nan"));
  CHECK(contains(complaint(square({{4, 3}, {3, 1}})), "row 2, column 1 is 3"));
  CHECK(contains(complaint(square({{1, -.9, -.9}, {-.9, 1, -.9}, {-.9, -.9, 1}})), "eigenvalue"));
  CHECK(contains(complaint(SquareMatrix()), "no entries"));
}

TEST_CASE("tolerances follow the units of the features") {
  // 1e-9 beside a diagonal of 1e-18 is no rounding.
  CHECK(contains(complaint(square({{1, 1e-10}, {0, 1e-18}})), "not symmetric"));
  CHECK(complaint(square({{1, 1e-18}, {0, 1e-18}})).empty());
  CHECK(Metric::from_matrix(square({{1, 1e-10}, {1e-10, 1e-18}})).rank() == 2);
}

TEST_CASE("a small weight beside a large one is no rounding, whatever the square of its root rounds to") {
  const double weight = 2.8572461408269546e-05;
  REQUIRE(std::sqrt(weight) * std::sqrt(weight) < weight);
  std::vector<std::string> notes;
  const SquareMatrix M = Eigen::Vector2d(weight, 3e295).asDiagonal();
  CHECK(Metric::from_matrix(M, &notes).matrix() == M);
  CHECK(notes.empty());
}

TEST_CASE("what a pseudo-inverse leaves of a constant feature is set to 0") {
  // numpy.linalg.pinv of a covariance whose last feature is 3.3 throughout
  std::vector<std::string> notes;
  const Metric metric =
      Metric::from_matrix(square({{116, 1, 5e-27}, {1, 3e-2, -5e-27}, {6e-25, 1e-28, -3e-53}}), &notes);
  CHECK(metric.matrix() == square({{116, 1, 0}, {1, 3e-2, 0}, {0, 0, 0}}));
  CHECK(metric.rank() == 2);
  REQUIRE(notes.size() == 1);
  CHECK(contains(notes[0], "row 3"));
}

TEST_CASE("the zero metric and broken factors, weights and rows") {
  const Metric zero = Metric::from_matrix(SquareMatrix::Zero(3, 3));
  CHECK(zero.rank() == 0);
  CHECK(zero.dims() == 3);
  CHECK(zero.transform(test::random_rows(5, 3, 1)).cols() == 0);
  CHECK(Metric::from_weights((Vector(3) << 0, 4, 0).finished()).factor() == (Matrix(1, 3) << 0, 2, 0).finished());
  const Metric empty = Metric::from_factor(Matrix(0, 3));  // has one form with all others of M = 0
  CHECK(empty.form() == Metric::Form::weights);
  CHECK(empty.matrix() == zero.matrix());
  CHECK_THROWS_AS(Metric::from_factor(Matrix(0, 0)), InputError);
  CHECK_THROWS_AS(Metric::from_factor(Matrix::Constant(1, 2, std::numeric_limits<double>::infinity())), InputError);
  CHECK_THROWS_AS(Metric::from_weights(Vector::Constant(2, -1)), InputError);
  CHECK_THROWS_AS(zero.transform(test::random_rows(5, 2, 1)), InputError);
}
