#include "linalg/spectral/joint_axes.hpp"

#include <doctest/doctest.h>

#include "linalg/spectral/psd.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::linalg;

namespace {

/// X'X for n random rows: of rank n if that is less than d.
SquareMatrix random_scatter(Index n, Index d, std::uint64_t seed) {
  const Matrix X = test::random_rows(n, d, seed);
  return X.transpose() * X;
}

double largest_entry(const SquareMatrix& A) { return A.cwiseAbs().maxCoeff(); }

void check_joint(const SquareMatrix& A, const SquareMatrix& B, Index rank, double tolerance) {
  const JointAxes joint = joint_axes(A, B);
  const Matrix& V = joint.axes;
  REQUIRE(V.rows() == rank);
  CHECK(largest_entry(V * (A + B) * V.transpose() - SquareMatrix::Identity(rank, rank)) <= tolerance);
  CHECK(largest_entry(V * A * V.transpose() - SquareMatrix(joint.first.asDiagonal())) <= tolerance);
  CHECK(largest_entry(V * B * V.transpose() - SquareMatrix(joint.second.asDiagonal())) <= tolerance);
  for (Index k = 1; k < rank; ++k) CHECK(joint.first[k] <= joint.first[k - 1] + tolerance);
}

}  // namespace

TEST_CASE("joint axes: both scatters are diagonal in them and their sum is the identity, whatever the units") {
  const SquareMatrix A = random_scatter(9, 6, 1), B = random_scatter(8, 6, 2);
  check_joint(A, B, 6, 1e-12);
  Vector units(6);
  units << 1e-8, 1, 1e5, 1e-3, 1e9, 10;
  check_joint(units.asDiagonal() * A * units.asDiagonal(), units.asDiagonal() * B * units.asDiagonal(), 6, 1e-11);
}

TEST_CASE("joint axes: solve A v = lambda B v, and a multiple of the sum added to B changes only B's share") {
  const SquareMatrix A = random_scatter(9, 6, 3), B = random_scatter(8, 6, 4);
  const JointAxes joint = joint_axes(A, B);
  const Vector lambda = joint.first.cwiseQuotient(joint.second);
  CHECK(generalized_residual(A, B, joint.axes, lambda) <= 1e-11);
  const Vector with = joint.first.cwiseQuotient((joint.second.array() + 0.1).matrix());
  CHECK(generalized_residual(A, B + 0.1 * (A + B), joint.axes, with) <= 1e-11);
  CHECK(generalized_residual(A, B, joint.axes, 1.01 * lambda) == doctest::Approx(0.01 / 1.01).epsilon(1e-6));
}

TEST_CASE("joint axes: where one is singular the other is all, and where both are there is no axis") {
  check_joint(random_scatter(2, 6, 5), random_scatter(6, 6, 6), 6, 1e-12);
  const JointAxes joint = joint_axes(random_scatter(2, 6, 5), random_scatter(3, 6, 7));
  REQUIRE(joint.axes.rows() == 5);
  CHECK((joint.first.head(2).array() - 1).abs().maxCoeff() <= 1e-13);
  CHECK(joint.second.head(2).maxCoeff() <= 1e-13);
  CHECK(joint.first.tail(3).maxCoeff() <= 1e-13);
  CHECK(joint_axes(SquareMatrix::Zero(4, 4), SquareMatrix::Zero(4, 4)).axes.rows() == 0);
  CHECK(joint_axes(SquareMatrix(0, 0), SquareMatrix(0, 0)).axes.rows() == 0);
}
