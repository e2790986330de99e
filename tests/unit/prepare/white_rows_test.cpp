#include "prepare/white_rows.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/covariance.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

double off_identity(const Matrix& Z) {
  return (test::covariance(Z) - SquareMatrix::Identity(Z.cols(), Z.cols())).cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("white rows have covariance I, whatever the units, and nearly so where features nearly depend on others") {
  Matrix X = test::random_rows(300, 5, 1);
  X.col(1) = X.col(0) + 1e-5 * X.col(1);
  X.col(2) *= 1e-9;
  X.col(3) = 1e9 * X.col(3).array() + 1e12;
  const WhiteRows white = whiten_rows(X);
  CHECK(white.P.rows() == 5);
  CHECK(off_identity(white.Z) <= 1e-12);
  const Matrix Y = (X.rowwise() - X.colwise().mean()) * white.P.transpose();
  CHECK((Y - white.Z).cwiseAbs().maxCoeff() <= 1e-6);
}

TEST_CASE("white rows have as many coordinates as the rows have directions") {
  Matrix X(40, 6);
  X << test::random_rows(40, 3, 2), Vector::Constant(40, 7), Matrix::Zero(40, 2);
  X.col(4) = X.col(0) - 2 * X.col(1);
  CHECK(whiten_rows(X).P.rows() == 3);
  CHECK(off_identity(whiten_rows(X).Z) <= 1e-12);
  CHECK(whiten_rows(Matrix::Constant(5, 2, 0.1)).P.rows() == 0);
}

TEST_CASE("fewer rows than features are whitened from their inner products, to the same distances") {
  const Matrix X = test::random_rows(12, 30, 3), few = whiten_rows(X).Z;
  CHECK(few.cols() == 11);
  CHECK(off_identity(few) <= 1e-12);
  Matrix more(36, 30);  // the same rows three times: their covariance is the same
  more << X, X, X;
  const Matrix Z = whiten_rows(more).Z.topRows(12);
  CHECK((Z * Z.transpose() - few * few.transpose()).cwiseAbs().maxCoeff() <= 1e-10);
}

TEST_CASE("rows whose squares overflow, or underflow although they differ, are not whitened") {
  CHECK_THROWS_AS(whiten_rows(test::random_rows(9, 3, 4) * 1e200), InputError);
  CHECK_THROWS_AS(whiten_rows(test::random_rows(3, 9, 4) * 1e200), InputError);
  for (const Index n : {9, 2}) {
    Matrix X = test::random_rows(n, 3, 4);
    X.col(1) *= 1e-170;
    CHECK_THROWS_WITH_AS(whiten_rows(X), "the values of feature 2 differ by too little: their squares underflow",
                         InputError);
    X.col(1).setConstant(1e-170);
    CHECK(whiten_rows(X).Z.cols() == std::min<Index>(n - 1, 2));
  }
}
