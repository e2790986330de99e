#include "linalg/spectral/psd.hpp"

#include <doctest/doctest.h>

#include "core/random.hpp"

using namespace maha;
using namespace maha::linalg;

namespace {

SquareMatrix random_matrix(Index rows, Index columns, std::uint64_t seed) {
  Random random(seed);
  SquareMatrix A(rows, columns);
  for (double& value : A.reshaped()) value = 2 * random.uniform() - 1;
  return A;
}

}  // namespace

TEST_CASE("the factor of a positive definite matrix is its Cholesky factor") {
  const SquareMatrix I = SquareMatrix::Identity(5, 5);
  CHECK(factor_psd(I).L == I);
  const SquareMatrix B = random_matrix(8, 8, 2);
  const SquareMatrix M = B * B.transpose();
  const PsdFactor factor = factor_psd(M);
  CHECK(factor.positive_definite);
  CHECK(factor.L.isUpperTriangular(0));
  CHECK((factor.L.transpose() * factor.L - M).norm() <= 1e-14 * M.norm());
}

TEST_CASE("the factor of a singular matrix has as many rows as its rank, whatever the units") {
  const SquareMatrix B = random_matrix(9, 4, 3);
  for (const double unit : {1.0, 1e-9, 1e9, 1e120}) {
    Vector units = Vector::Ones(9);
    units(2) = unit;
    units(5) = 1 / unit;
    const SquareMatrix M = units.asDiagonal() * (B * B.transpose()) * units.asDiagonal();
    const PsdFactor factor = factor_psd(M);
    CHECK_FALSE(factor.positive_definite);
    CHECK(factor.L.rows() == 4);
    const SquareMatrix relative =
        units.cwiseInverse().asDiagonal() * (factor.L.transpose() * factor.L - M) * units.cwiseInverse().asDiagonal();
    CHECK(relative.norm() <= 1e-13 * (B * B.transpose()).norm());
  }
}

TEST_CASE("features with tiny units are no lack of rank") {
  Vector units(3);
  units << 1, 1e-9, 1e9;
  SquareMatrix R(3, 3);
  R << 1, 0.5, 0.2, 0.5, 1, 0.1, 0.2, 0.1, 1;
  const PsdFactor factor = factor_psd(units.asDiagonal() * R * units.asDiagonal());
  CHECK(factor.positive_definite);
  CHECK(factor.L.rows() == 3);
}

TEST_CASE("an indefinite matrix says how negative it is, and where") {
  SquareMatrix M = SquareMatrix::Identity(4, 4);
  M(2, 3) = M(3, 2) = 1.5;  // eigenvalues 1, 1, 2.5, -0.5
  const PsdFactor factor = factor_psd(M);
  CHECK(factor.lowest == doctest::Approx(-0.2));
  CHECK(factor.lowest_at >= 2);
  CHECK(factor.L.rows() == 3);
}

TEST_CASE("zero rows and the zero matrix have a factor too") {
  SquareMatrix M = SquareMatrix::Zero(3, 3);
  CHECK(factor_psd(M).L.rows() == 0);
  CHECK(factor_psd(M).L.cols() == 3);
  M(1, 1) = 4;
  const PsdFactor factor = factor_psd(M);
  REQUIRE(factor.L.rows() == 1);
  CHECK(factor.L == (Matrix(1, 3) << 0, 2, 0).finished());
}

TEST_CASE("the inverse of a positive definite matrix, whatever the units") {
  const SquareMatrix B = random_matrix(6, 6, 12);
  const SquareMatrix S = B * B.transpose();
  Vector units(6);
  units << 1, 1e9, 1e-9, 1e5, 1, 1e-3;
  const PsdInverse plain = invert_psd(S), scaled = invert_psd(units.asDiagonal() * S * units.asDiagonal());
  CHECK((plain.inverse * S - SquareMatrix::Identity(6, 6)).norm() <= 1e-10);
  CHECK(plain.inverse == plain.inverse.transpose());
  CHECK(scaled.rank == 6);
  CHECK(scaled.lost.isZero(0));
  const SquareMatrix back = units.asDiagonal() * scaled.inverse * units.asDiagonal();
  CHECK((back - plain.inverse).norm() <= 1e-10 * plain.inverse.norm());
}

TEST_CASE("the generalised inverse satisfies SGS = S and GSG = G, and says what is lost") {
  SquareMatrix B = random_matrix(5, 3, 13);
  B.row(4) = B.row(0);
  const SquareMatrix S = B * B.transpose();
  const PsdInverse inverse = invert_psd(S);
  const SquareMatrix& G = inverse.inverse;
  CHECK(inverse.rank == 3);
  CHECK((S * G * S - S).norm() <= 1e-12 * S.norm());
  CHECK((G * S * G - G).norm() <= 1e-12 * G.norm());
  CHECK(inverse.lost.squaredNorm() == doctest::Approx(2).epsilon(1e-12));

  SquareMatrix with_zero = SquareMatrix::Identity(3, 3);
  with_zero(1, 1) = 0;
  CHECK(invert_psd(with_zero).inverse == with_zero);
  CHECK(invert_psd(with_zero).lost == (Vector(3) << 0, 1, 0).finished());
}

TEST_CASE("the inverse of a badly conditioned matrix is positive semidefinite all the same") {
  const Index d = 9;
  SquareMatrix hilbert(d, d);
  for (Index i = 0; i < d; ++i) {
    for (Index j = 0; j < d; ++j) hilbert(i, j) = 1.0 / static_cast<double>(i + j + 1);
  }
  CHECK(factor_psd(invert_psd(hilbert).inverse).lowest >= -1e-14);
}
