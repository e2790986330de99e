#include "metric/covariance_range.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/psd.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using maha::metric::CovarianceRange;
using maha::metric::Metric;

namespace {

struct Rows {
  Matrix X;
  Vector center, deviations;

  explicit Rows(const Matrix& rows) : X(rows), center(rows.colwise().mean().transpose()) {
    for (Index j = 0; j < X.cols(); ++j) {
      if ((X.col(j).array() == X(0, j)).all()) center(j) = X(0, j);  // without the rounding of a sum
    }
    deviations = (differences().colwise().squaredNorm() / static_cast<double>(X.rows())).cwiseSqrt().transpose();
  }

  Matrix differences() const { return X.rowwise() - center.transpose(); }

  /// The range by M, as it is written where there are more rows than features.
  CovarianceRange by_matrix() const {
    const Matrix Y = differences();
    const SquareMatrix S = Y.transpose() * Y / static_cast<double>(X.rows());
    return {Metric::from_matrix(linalg::invert_psd(S).inverse), center, deviations, X.rows()};
  }

  /// The range by L, a row for each component that the rows have.
  CovarianceRange by_factor() const {
    const Matrix U = differences() * deviations.cwiseInverse().asDiagonal();
    const linalg::Eigenpairs pairs = linalg::eigenpairs(U * U.transpose());
    const Index r = (pairs.values.array() > 1e-10 * pairs.values.maxCoeff()).count();
    const Matrix V = (pairs.vectors.rightCols(r).transpose() * U).rowwise().normalized();
    const Vector lengths = pairs.values.tail(r).cwiseSqrt().cwiseInverse();
    return {Metric::from_factor(lengths.asDiagonal() * V * deviations.cwiseInverse().asDiagonal()), center, deviations,
            X.rows()};
  }
};

Index count(const std::vector<bool>& found) { return std::count(found.begin(), found.end(), true); }

/// a, b, c = a + b and an unrelated d, in these units, from an offset.
Matrix plane(Index n, const RowVector& units, double offset = 0) {
  Matrix X = test::random_rows(n, 4, 3);
  X.array() += offset;
  X.col(2) = X.col(0) + X.col(1);
  return X.array().rowwise() * units.array();
}

}  // namespace

TEST_CASE("covariance range: a row is outside where it breaks a sum, in any units and from any offset") {
  for (const double a : {1e-9, 1.0, 1e9}) {
    for (const double d : {1e-9, 1.0, 1e9}) {
      for (const double offset : {0.0, 1000.0}) {
        CAPTURE(a);
        CAPTURE(d);
        CAPTURE(offset);
        RowVector units(4);
        units << a, a, a, d;
        const Rows rows(plane(60, units, offset));
        const CovarianceRange range = rows.by_matrix();
        CHECK(count(range.outside(rows.X)) == 0);
        Matrix X = rows.X;
        X.col(3) *= 1e6;  // far away, but as rows may be
        X.col(1) += 1e3 * X.col(0);
        X.col(2) += 1e3 * X.col(0);
        CHECK(count(range.outside(X)) == 0);
        for (const double off : {1e-3, -1.0, 1e4, 1e200}) {
          X = rows.X;
          X(7, 2) += off * a;
          const std::vector<bool> found = range.outside(X);
          CHECK(count(found) == 1);
          CHECK(found[7]);
          CHECK(range.features_outside(X.row(7)) == std::vector<Index>{0, 1, 2});
        }
      }
    }
  }
}

TEST_CASE("covariance range: a row that M cannot see at all, and one that overflows") {
  const Rows rows(plane(50, RowVector::Ones(4)));
  const CovarianceRange range = rows.by_matrix();
  RowVector null(4);  // M null = 0: D^2 (1, 1, -1, 0)
  null << std::pow(rows.deviations(0), 2), std::pow(rows.deviations(1), 2), -std::pow(rows.deviations(2), 2), 0;
  Matrix X(3, 4);
  X << rows.center.transpose() + 1e4 * null, rows.center.transpose(), 1e308 * RowVector::Ones(4);
  X(2, 0) = -1e308;
  const std::vector<bool> found = range.outside(X);
  CHECK(found[0]);
  CHECK_FALSE(found[1]);
}

TEST_CASE("covariance range: another value of a constant feature is outside, its rounding is not") {
  Matrix X = test::random_rows(40, 3, 5);
  for (const double constant : {5.0, -1e-9, 1.7e9, 0.0}) {
    CAPTURE(constant);
    X.col(1).setConstant(constant);
    const CovarianceRange range = Rows(X).by_matrix();
    CHECK(count(range.outside(X)) == 0);
    RowVector x = X.row(0);
    x(1) = constant * (1 + 1e-15);
    CHECK(count(range.outside(x)) == 0);
    x(1) = constant == 0 ? 1e-12 : constant * (1 + 1e-9);
    CHECK(count(range.outside(x)) == 1);
    CHECK(range.features_outside(x) == std::vector<Index>{1});
  }
}

TEST_CASE("covariance range: nothing is outside of a full one, and all but the center of none") {
  const Rows full(test::random_rows(40, 3, 6));
  CHECK(count(full.by_matrix().outside(1e6 * test::random_rows(10, 3, 7))) == 0);
  const Rows none(Matrix::Constant(4, 3, 2.5));
  Matrix X = none.X;
  X(2, 1) = 7;
  const std::vector<bool> found = none.by_matrix().outside(X);
  CHECK(count(found) == 1);
  CHECK(found[2]);
}

TEST_CASE("covariance range: fewer rows than features leave new rows outside, and their own mixtures inside") {
  const Rows rows(test::random_rows(20, 60, 8));
  for (const CovarianceRange& range : {rows.by_factor(), rows.by_matrix()}) {
    CHECK(count(range.outside(rows.X)) == 0);
    CHECK(count(range.outside(Matrix(test::random_rows(5, 20, 9) * rows.differences()).rowwise() +
                              rows.center.transpose())) == 0);
    CHECK(count(range.outside(test::random_rows(30, 60, 10))) == 30);
  }
}

TEST_CASE("covariance range: rows with features that nearly depend are inside, exactly dependent or not") {
  for (const double noise : {1e-2, 1e-4, 1e-6, 1e-7}) {
    CAPTURE(noise);
    Matrix X = test::random_rows(300, 5, 11);
    X.col(2) = X.col(0) + X.col(1);
    X.col(4) = X.col(3) + noise * X.col(4);
    const Rows rows(X);
    const CovarianceRange range = rows.by_matrix();
    CHECK(count(range.outside(rows.X)) == 0);
    X(0, 2) += 5;
    CHECK(range.outside(X)[0]);
  }
}

TEST_CASE("covariance range: the answer to a row is the same alone, among others, and on any number of threads") {
  const Rows rows(plane(300, RowVector::Ones(4)));
  const CovarianceRange range = rows.by_matrix();
  Matrix X = rows.X;
  for (Index i = 0; i < X.rows(); ++i) X(i, 2) += std::pow(10, -5 - 2 * static_cast<double>(i) / 300);
  const std::vector<bool> found = range.outside(X);
  CHECK(found == range.outside(X, Threads(3)));
  for (Index i = 0; i < X.rows(); ++i) CHECK(range.outside(X.row(i))[0] == found[static_cast<std::size_t>(i)]);
  CHECK(count(found) > 0);
  CHECK(count(found) < X.rows());
  CHECK_THROWS_AS(CovarianceRange(Metric::euclidean(2), Vector::Zero(3), Vector::Ones(2), 5), InputError);
}
