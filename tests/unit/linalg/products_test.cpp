#include <doctest/doctest.h>

#include <cmath>

#include "linalg/distances.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/tiled_product.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::linalg;

TEST_CASE("add_gram: B'B is added below the diagonal, the same bits on any number of threads") {
  const Matrix B = test::random_rows(50, 600, 1);  // of more columns than two tiles
  const auto added = [&](int count) {
    SquareMatrix A = SquareMatrix::Identity(600, 600);
    add_gram(A, B, Threads(count));
    return SquareMatrix(A.triangularView<Eigen::Lower>());
  };
  const SquareMatrix A = added(1), G = SquareMatrix::Identity(600, 600) + B.transpose() * B;
  CHECK((A - SquareMatrix(G.triangularView<Eigen::Lower>())).cwiseAbs().maxCoeff() <= 1e-12);
  CHECK(A == added(3));
}

TEST_CASE("solve: A X = B by the Cholesky factor of A") {
  const Matrix H = test::random_rows(12, 7, 2);
  const SquareMatrix A = H.transpose() * H, B = test::random_rows(7, 3, 3);
  CHECK((A * solve(cholesky(A).value(), B) - B).cwiseAbs().maxCoeff() <= 1e-10);
}

TEST_CASE("careful_squared_distances: rows that are near keep their digits, equal ones are 0 apart") {
  Matrix A = test::random_rows(6, 5, 4), B = test::random_rows(7, 5, 5);
  B.row(2) = A.row(1);
  B.row(3) = A.row(1);
  B(3, 0) += 1e-9;
  const Matrix D = careful_squared_distances(A, A.rowwise().squaredNorm(), B, B.rowwise().squaredNorm());
  CHECK(D(1, 2) == 0);
  CHECK(std::sqrt(D(1, 3)) == doctest::Approx(B(3, 0) - A(1, 0)).epsilon(1e-12));
  for (Index i = 0; i < 6; ++i) {
    for (Index j = 0; j < 7; ++j) CHECK(D(i, j) == doctest::Approx((A.row(i) - B.row(j)).squaredNorm()).epsilon(1e-12));
  }
}
