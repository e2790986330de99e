#pragma once

#include <algorithm>
#include <vector>

#include "core/types.hpp"
#include "neighbors/distance.hpp"

namespace maha::test {

/// The k nearest rows of row i that are of its class, or that are not, by comparing all; fewer if there are fewer.
inline std::vector<Index> nearest_rows(const Matrix& X, const Labels& y, Index i, bool alike, Index k) {
  std::vector<Index> rows;
  for (Index j = 0; j < X.rows(); ++j) {
    if (j != i && (y[static_cast<std::size_t>(j)] == y[static_cast<std::size_t>(i)]) == alike) rows.push_back(j);
  }
  const auto squared = [&](Index j) { return neighbors::squared_distance(&X(i, 0), &X(j, 0), X.cols()); };
  std::stable_sort(rows.begin(), rows.end(), [&](Index a, Index b) { return squared(a) < squared(b); });
  rows.resize(std::min(rows.size(), static_cast<std::size_t>(k)));
  return rows;
}

/// The sum of (x_i - x_j)(x_i - x_j)' over each row's k nearest, and how many they are. `each`: of each row the mean.
struct NearScatter {
  SquareMatrix sum;
  double count = 0;
};
inline NearScatter near_scatter(const Matrix& X, const Labels& y, bool alike, Index k, bool each) {
  NearScatter S{SquareMatrix::Zero(X.cols(), X.cols())};
  for (Index i = 0; i < X.rows(); ++i) {
    const std::vector<Index> rows = nearest_rows(X, y, i, alike, k);
    for (const Index j : rows) {
      const RowVector step = X.row(i) - X.row(j);
      S.sum += step.transpose() * step / (each ? static_cast<double>(rows.size()) : 1.0);
      ++S.count;
    }
  }
  return S;
}

}  // namespace maha::test
