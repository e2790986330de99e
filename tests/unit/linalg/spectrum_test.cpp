#include "linalg/spectrum.hpp"

#include <doctest/doctest.h>

#include <Eigen/Eigenvalues>

#include "core/random.hpp"

using namespace maha;

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
