#include "prepare/pairs/pair_moments.hpp"

#include <doctest/doctest.h>

#include "linalg/spectral/eigen.hpp"
#include "unit/orthogonal.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::prepare;

namespace {

/// Each row with the next ones, similar or not in turn.
Pairs steps(Index n) {
  Pairs pairs;
  for (Index i = 0; i + 2 < n; ++i) {
    pairs.push_back({i, i + 1, true});
    pairs.push_back({i, i + 2, false});
  }
  return pairs;
}

}  // namespace

TEST_CASE("moments of pairs: few rows of many features have as many directions as they differ in, whatever the units") {
  const Matrix X = test::random_rows(20, 3, 1);
  const PairMoments narrow = pair_moments(X, steps(20));
  const PairMoments wide = pair_moments(X * test::random_turn(3, 40, 2), steps(20));
  REQUIRE(wide.basis.rows() == 3);
  CHECK((wide.basis * wide.basis.transpose() - SquareMatrix::Identity(3, 3)).norm() <= 1e-13);
  const Vector expected = linalg::eigenvalues(narrow.similar);
  CHECK((linalg::eigenvalues(wide.similar) - expected).norm() <= 1e-12 * expected.norm());

  Matrix units = Matrix::Zero(20, 40);
  units.leftCols(3) = X;
  units.col(1) *= 1e-9;
  CHECK(pair_moments(units, steps(20)).basis.rows() == 3);
  CHECK(pair_moments(Matrix::Constant(20, 40, 0.1), steps(20)).basis.rows() == 0);
}

TEST_CASE("moments of pairs: without weights they are means") {
  for (const Index d : {3, 40}) {
    const Matrix X = test::random_rows(20, d, 3);
    const Pairs pairs = steps(20);
    const PairMoments means = pair_moments(X, pairs);
    CHECK(means.similar_pairs == 18);
    Vector weights(36);
    for (Index p = 0; p < 36; ++p) weights[p] = p % 2 == 0 ? 1 / 18.0 : 3 / 18.0;
    const PairMoments weighted = pair_moments(X, pairs, Threads(), weights);
    CHECK((weighted.similar - means.similar).norm() <= 1e-13 * means.similar.norm());
    CHECK((weighted.dissimilar - 3 * means.dissimilar).norm() <= 1e-13 * means.dissimilar.norm());
  }
}
