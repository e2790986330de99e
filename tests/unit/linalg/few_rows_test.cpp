#include "linalg/spectral/few_rows.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"
#include "linalg/scatter.hpp"
#include "linalg/spectral/eigen.hpp"
#include "linalg/spectral/spectrum.hpp"
#include "unit/apart.hpp"

using namespace maha;
using namespace maha::linalg;
using maha::test::apart;

namespace {

Matrix leaning_rows(Index n, Index d, std::uint64_t seed) {
  Random random(seed);
  Matrix A(n, d);
  for (double& value : A.reshaped()) value = random.uniform() - 0.5;
  return A;
}

}  // namespace

TEST_CASE("few rows: H'H is the scatter within groups, at any offset, and what is constant is 0") {
  Matrix X = leaning_rows(12, 30, 1);
  X.col(3).setConstant(0.1);
  const Labels y = {0, 1, 0, 0, 2, 1, 1, 0, 0, 1, 0, 1};  // of one row alone, too
  MomentStream stream(30, MomentOrder::scatter);
  stream.add(X, y);
  const Matrix H = scatter_rows(X, y);
  CHECK(H.rows() == 9);
  CHECK(apart(H.transpose() * H, stream.finish().scatter) <= 1e-14);
  CHECK(H.col(3).isZero(0));
  const Matrix all = scatter_rows(X), moved = scatter_rows(Matrix(X.array() + 0x1p20));
  CHECK(all.rows() == 11);
  CHECK(apart(all.transpose() * all, moments_of(X, MomentOrder::scatter, Threads()).scatter) <= 1e-14);
  CHECK(apart(moved, all) <= 1e-9);
  CHECK(scatter_rows(X.topRows(1)).rows() == 0);
  CHECK(apart(gram(all, Threads()), all * all.transpose()) <= 1e-15);
}

TEST_CASE("few rows: the inverse is that of invert_psd, of full rank and of less, whatever the units") {
  for (const bool deficient : {false, true}) {
    Matrix X = leaning_rows(20, 300, 2);
    X.col(7).setConstant(3);
    X.col(8) = -2 * X.col(9);
    X.col(10) *= 1e12;
    X.col(11) *= 1e-12;
    if (deficient) X.row(4) = X.row(5) = X.row(6);
    const Matrix H = scatter_rows(X);
    const FactoredInverse found = invert_scatter(H, Threads());
    const PsdInverse dense = invert_psd(H.transpose() * H);
    CHECK(found.rank == (deficient ? 17 : 19));
    CHECK(found.rank == dense.rank);
    CHECK(found.L.rows() == found.rank);
    CHECK((found.lost - dense.lost).cwiseAbs().maxCoeff() <= 1e-12);
    CHECK(found.L.col(7).isZero(0));
    const Vector scale = diagonal_scale(H.transpose() * H);
    const SquareMatrix scaled = scale.asDiagonal() * dense.inverse * scale.asDiagonal();
    const Matrix L = found.L * scale.asDiagonal();
    CHECK(apart(L.transpose() * L, scaled) <= 1e-12);
    CHECK(invert_scatter(H, Threads(3)).L == found.L);
  }
  CHECK(invert_scatter(Matrix::Zero(3, 5), Threads()).rank == 0);
  CHECK(invert_scatter(Matrix(0, 5), Threads()).L.cols() == 5);
}

TEST_CASE("few rows: the principal axes are those of the scatter, and orthonormal") {
  Matrix X = leaning_rows(15, 40, 3);
  for (Index j = 0; j < 40; ++j) X.col(j) *= std::pow(0.7, static_cast<double>(j));
  const Matrix H = scatter_rows(X);
  const PrincipalAxes dense = principal_axes(H.transpose() * H);
  for (const Index count : {3, 14, 30}) {
    const PrincipalAxes found = principal_axes_of_rows(H, count, Threads());
    const Index rank = std::min<Index>(count, 14);
    CHECK(found.varying == rank);
    CHECK((found.axes * found.axes.transpose() - Matrix::Identity(rank, rank)).cwiseAbs().maxCoeff() <= 1e-14);
    CHECK((found.variances - dense.variances.head(rank)).cwiseAbs().maxCoeff() <= 1e-14 * dense.variances(0));
    CHECK(apart(found.axes.topRows(3), dense.axes.topRows(3)) <= 1e-12);
  }
  CHECK(principal_axes_of_rows(Matrix::Zero(3, 5), 2, Threads()).varying == 0);
  CHECK(principal_axes_of_rows(Matrix(0, 5), 2, Threads()).axes.cols() == 5);
}

TEST_CASE("the leading eigenpairs are the same by Lanczos steps as by a dense decomposition, repeated ones too") {
  const Index d = 540;
  const SquareMatrix Q = orthonormal(SquareMatrix(leaning_rows(d, d, 4)));
  Vector lambda(d);
  for (Index j = 0; j < d; ++j) lambda(j) = std::pow(0.9, static_cast<double>(j));
  for (const bool repeated : {false, true}) {
    if (repeated) lambda(1) = lambda(2) = lambda(0);  // of which Lanczos steps from one start see one
    const SquareMatrix A = Q * lambda.asDiagonal() * Q.transpose();
    const Eigenpairs found = leading_eigenpairs(A, 5);
    CHECK((found.values.reverse() - lambda.head(5)).cwiseAbs().maxCoeff() <= 1e-13);
    CHECK((A * found.vectors - found.vectors * found.values.asDiagonal()).norm() <= 1e-12);
    CHECK((found.vectors.transpose() * found.vectors - SquareMatrix::Identity(5, 5)).norm() <= 1e-12);
  }
  Vector hidden = Vector::Zero(d);  // from Lanczos steps, by being orthogonal to their start
  hidden(0) = 1 + 1.0 / static_cast<double>(d - 1);
  hidden(1) = -1;
  hidden.normalize();
  const SquareMatrix A = 3 * hidden * hidden.transpose() + SquareMatrix::Identity(d, d);
  CHECK(leading_eigenpairs(A, 1).values(0) == doctest::Approx(4));
  CHECK(leading_eigenpairs(SquareMatrix::Zero(600, 600), 2).values.isZero(0));
}
