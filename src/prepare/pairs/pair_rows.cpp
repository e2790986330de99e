#include "prepare/pairs/pair_rows.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/machine/memory.hpp"
#include "linalg/units.hpp"

namespace maha::prepare {
namespace {

constexpr double kKept = 1e-7;  // relative change of a difference through centring that still leaves 7 digits of it

/// Whether some pair's difference changes by more than that in some feature.
bool loses_digits(const Matrix& X, const Matrix& centred, const Pairs& pairs) {
  return std::any_of(pairs.begin(), pairs.end(), [&](const Pair& pair) {
    const auto difference = (X.row(pair.i) - X.row(pair.j)).array();
    const auto rounded = (centred.row(pair.i) - centred.row(pair.j)).array();
    return ((rounded - difference).abs() > kKept * difference.abs()).any();
  });
}

PairRows differences(const PairRows& rows) {
  const auto count = static_cast<Index>(rows.pairs.size());
  require_memory(8 * static_cast<double>(count + 1) * static_cast<double>(rows.X.cols()),
                 "the differences of " + std::to_string(count) + " pairs");
  PairRows result{Matrix::Zero(count + 1, rows.X.cols()), {}};
  for (Index p = 0; p < count; ++p) {
    const Pair& pair = rows.pairs[static_cast<std::size_t>(p)];
    result.X.row(p) = rows.X.row(pair.i) - rows.X.row(pair.j);
    result.pairs.push_back({p, count, pair.similar});
  }
  return result;
}

}  // namespace

std::vector<Index> number_in_place(std::vector<Index>& place) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < place.size(); ++i) {
    if (place[i] < 0) continue;
    place[i] = static_cast<Index>(rows.size());
    rows.push_back(static_cast<Index>(i));
  }
  return rows;
}

PairRows rows_in_pairs(const MatrixRef& X, const Pairs& pairs) {
  std::vector<Index> place(static_cast<std::size_t>(X.rows()), -1);
  for (const Pair& pair : pairs) place[pair.i] = place[pair.j] = 0;
  PairRows result{X(number_in_place(place), Eigen::all), pairs};
  for (Pair& pair : result.pairs) pair.i = place[pair.i], pair.j = place[pair.j];
  return result;
}

PairRows about_their_middle(PairRows rows) {
  const RowVector mean = rows.X.colwise().mean();
  Matrix centred = rows.X.rowwise() - mean;
  if (loses_digits(rows.X, centred, rows.pairs)) return differences(rows);
  rows.X = std::move(centred);
  return rows;
}

PairRowsInUnit rows_to_learn_from(const MatrixRef& X, const Pairs& pairs) {
  PairRows rows = rows_in_pairs(X, pairs);
  const double unit = linalg::unit_of_rows(rows.X);
  if (unit != 1) rows.X /= unit;
  return {about_their_middle(std::move(rows)), unit};
}

}  // namespace maha::prepare
