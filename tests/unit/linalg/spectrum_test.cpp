#include "linalg/spectral/spectrum.hpp"

#include <doctest/doctest.h>

#include <Eigen/Eigenvalues>

#include "core/random.hpp"

using namespace maha;
using namespace maha::linalg;

namespace {

SquareMatrix symmetric(Index d, std::uint64_t seed) {
  Random random(seed);
  SquareMatrix A(d, d);
  for (double& a : A.reshaped()) a = 2 * random.uniform() - 1;
  return A + A.transpose();
}

}  // namespace

TEST_CASE("the positive part leaves a negative one that is orthogonal to it") {
  const SquareMatrix A = symmetric(40, 1);
  const PositivePart part = positive_part(A);
  const SquareMatrix P = part.vectors * part.roots.cwiseAbs2().asDiagonal() * part.vectors.transpose();
  const SquareMatrix rest = P - A;  // Moreau: A = P - rest, both positive semidefinite, <P, rest> = 0
  CHECK(std::abs(P.cwiseProduct(rest).sum()) <= 1e-12 * A.squaredNorm());
  CHECK(Eigen::SelfAdjointEigenSolver<SquareMatrix>(rest).eigenvalues()(0) >= -1e-13 * A.norm());
  CHECK((part.vectors.transpose() * part.vectors).isIdentity(1e-13));
  CHECK(std::is_sorted(part.roots.begin(), part.roots.end(), std::greater<>()));
  CHECK(positive_part(-SquareMatrix::Identity(3, 3)).roots.size() == 0);
  CHECK(positive_part(SquareMatrix::Zero(3, 3)).roots.size() == 0);
}

TEST_CASE("the positive part is the same by Lanczos steps as by a dense decomposition") {
  const Index d = 200;
  const Eigen::SelfAdjointEigenSolver<SquareMatrix> basis(symmetric(d, 3));
  for (const double gap : {1e-1, 1e-6, 0.0}) {  // between 0 and the negative eigenvalues
    Vector lambda = Vector::LinSpaced(d, -1, -gap);
    lambda.tail(12) = Vector::LinSpaced(12, 0.1, 2);
    const SquareMatrix& V = basis.eigenvectors();
    SquareMatrix A = V * lambda.asDiagonal() * V.transpose();
    A = (A + A.transpose()).eval() / 2;
    for (const Index guess : {0, 2, 12, 30, 100}) {  // too few steps, enough, more, and none at all
      const PositivePart part = positive_part(A, guess), dense = positive_part(A);
      REQUIRE(part.roots.size() == dense.roots.size());
      CHECK((part.roots - dense.roots).cwiseAbs().maxCoeff() <= (gap > 0 ? 1e-13 : 1e-7));
      const Vector squares = part.roots.cwiseAbs2();
      CHECK((A * part.vectors - part.vectors * squares.asDiagonal()).norm() <= 1e-12);
      CHECK((part.vectors.transpose() * part.vectors).isIdentity(1e-13));
    }
  }
}

TEST_CASE("Lanczos steps that cannot see an eigenvector do not lose it") {
  const Index d = 200;
  const Vector start = Vector::LinSpaced(d, 1, 2);
  Vector hidden = Vector::Zero(d);
  hidden(0) = start(1);
  hidden(1) = -start(0);
  hidden.normalize();
  const SquareMatrix A = 3 * hidden * hidden.transpose() - SquareMatrix::Identity(d, d);
  const PositivePart part = positive_part(A, 1);
  REQUIRE(part.roots.size() == 1);
  CHECK(part.roots(0) == doctest::Approx(std::sqrt(2.0)));
  CHECK(positive_part(-SquareMatrix::Identity(d, d), 1).roots.size() == 0);
  CHECK(positive_part(SquareMatrix::Zero(d, d), 1).roots.size() == 0);
  CHECK(positive_part(SquareMatrix::Identity(d, d), 1).roots.isOnes(1e-14));
}

TEST_CASE("the bound on the largest eigenvalue lies above it, and close") {
  for (const Index d : {1, 30, 600}) {
    const SquareMatrix H = symmetric(d, 2);
    const double largest =
        Eigen::SelfAdjointEigenSolver<SquareMatrix>(H, Eigen::EigenvaluesOnly).eigenvalues().maxCoeff();
    const double bound = largest_eigenvalue_bound(H);
    CHECK(bound >= largest);
    CHECK(bound <= largest + 1e-7 * std::abs(largest));
  }
  const SquareMatrix negative = -SquareMatrix::Identity(600, 600);
  CHECK(largest_eigenvalue_bound(negative) >= -1);
  CHECK(largest_eigenvalue_bound(negative) <= -1 + 1e-6);
}
