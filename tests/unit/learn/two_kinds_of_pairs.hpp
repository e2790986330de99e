#pragma once

#include "core/random.hpp"
#include "unit/learn/rows_and_pairs.hpp"
#include "unit/random_rows.hpp"

namespace maha::test {

/// n x d rows, uniform but stretched by features, the first half of them moved along the first feature. Pairs of
/// different rows, `count` of each kind, within and between the halves.
inline RowsAndPairs two_kinds_of_pairs(Index n, Index d, Index count, std::uint64_t seed) {
  RowsAndPairs e{random_rows(n, d, seed), {}};
  for (Index j = 0; j < d; ++j) e.X.col(j) *= 1 + static_cast<double>(j % 4);
  const Index half = n / 2;
  e.X.col(0).head(half).array() += 1.5;
  Random random(seed + 1);
  for (Index p = 0; p < count; ++p) {
    const Index i = random.below(half);
    e.pairs.push_back({i, (i + 1 + random.below(half - 1)) % half, true});
    e.pairs.push_back({i, half + random.below(n - half), false});
  }
  return e;
}

/// The mean of (x_i - x_j)(x_i - x_j)' over the pairs of one kind.
inline SquareMatrix mean_square(const RowsAndPairs& e, bool similar) {
  SquareMatrix sum = SquareMatrix::Zero(e.X.cols(), e.X.cols());
  double count = 0;
  for (const Pair& pair : e.pairs) {
    if (pair.similar != similar) continue;
    const RowVector difference = e.X.row(pair.i) - e.X.row(pair.j);
    sum += difference.transpose() * difference;
    ++count;
  }
  return sum / count;
}

}  // namespace maha::test
