#include "prepare/principal_plane.hpp"

#include <doctest/doctest.h>

#include <Eigen/SVD>

#include "core/error.hpp"
#include "core/random.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {}  // namespace

TEST_CASE("principal plane: coordinates and shares are those of the singular values of the centred rows") {
  const Matrix X = test::uniform_rows(60, 5, 1) * test::uniform_rows(5, 5, 2);
  const PrincipalPlane plane = principal_plane(X);
  const Matrix centred = X.rowwise() - X.colwise().mean();
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(centred, Eigen::ComputeThinU);
  const Vector s = svd.singularValues();
  for (Index r = 0; r < 2; ++r) {
    const Vector expected = svd.matrixU().col(r) * s(r);
    const double sign = expected.dot(plane.Z.col(r)) < 0 ? -1 : 1;
    CHECK((plane.Z.col(r) - sign * expected).norm() < 1e-12 * s(0));
    CHECK(plane.share(r) == doctest::Approx(s(r) * s(r) / s.squaredNorm()));
  }
}

TEST_CASE("principal plane: of rows in a plane it keeps all distances") {
  const Matrix X = test::uniform_rows(20, 2, 3) * test::uniform_rows(2, 4, 4);
  const PrincipalPlane plane = principal_plane(X);
  CHECK(plane.share.sum() == doctest::Approx(1));
  for (Index i = 1; i < X.rows(); ++i) {
    CHECK((plane.Z.row(i) - plane.Z.row(0)).norm() == doctest::Approx((X.row(i) - X.row(0)).norm()));
  }
}

TEST_CASE("principal plane: rows on a line, equal rows, one feature, none") {
  for (const Matrix& X :
       {Matrix(test::uniform_rows(9, 1, 5) * test::uniform_rows(1, 3, 6)), test::uniform_rows(9, 1, 7)}) {
    const PrincipalPlane line = principal_plane(X);
    CHECK(line.share(0) == doctest::Approx(1));
    CHECK(line.share(1) == 0);
    CHECK(line.Z.col(1).isZero(0));
  }
  const PrincipalPlane point = principal_plane(Matrix::Constant(4, 3, 0.1));
  CHECK(point.Z.isZero(0));
  CHECK(point.share.isZero(0));
  CHECK(principal_plane(Matrix(4, 0)).Z.isZero(0));
  CHECK_THROWS_AS(principal_plane(Matrix(0, 3)), InputError);
}
