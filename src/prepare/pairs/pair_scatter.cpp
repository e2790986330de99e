#include "prepare/pairs/pair_scatter.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "core/error.hpp"
#include "linalg/rounding.hpp"
#include "linalg/symmetric.hpp"

namespace maha::prepare {
namespace {

constexpr Index kTile = 2048;  // pairs of one partial sum
constexpr Index kBlock = 128;  // differences that are multiplied at once, from cache

const Pair& at(const Pairs& pairs, Index p) { return pairs[static_cast<std::size_t>(p)]; }

// Positive weights are added as one product of w^(1/2) v with itself, negative ones subtracted as another.
SquareMatrix scatter_of_range(const MatrixRef& X, const Pairs& pairs, const Vector& w, Index begin, Index end) {
  SquareMatrix sum = SquareMatrix::Zero(X.cols(), X.cols());
  Matrix V(kBlock, X.cols());
  for (const double sign : {1.0, -1.0}) {
    Index rows = 0;
    const auto flush = [&] {
      if (rows > 0) sum.selfadjointView<Eigen::Lower>().rankUpdate(V.topRows(rows).transpose(), sign);
      rows = 0;
    };
    for (Index p = begin; p < end; ++p) {
      if (!(sign * w[p] > 0)) continue;
      V.row(rows++) = std::sqrt(sign * w[p]) * (X.row(at(pairs, p).i) - X.row(at(pairs, p).j));
      if (rows == kBlock) flush();
    }
    flush();
  }
  return sum;
}

}  // namespace

SquareMatrix pair_scatter(const MatrixRef& X, const Pairs& pairs, const Vector& w, const Team& team) {
  SquareMatrix sum = SquareMatrix::Zero(X.cols(), X.cols());
  team.sum_ranges(static_cast<Index>(pairs.size()), kTile, sum,
                  [&](Index begin, Index end) { return scatter_of_range(X, pairs, w, begin, end); });
  linalg::mirror_lower(sum);
  return sum;
}

Vector pair_scatter_diagonal(const MatrixRef& X, const Pairs& pairs, const Vector& w, const Team& team) {
  Vector sum = Vector::Zero(X.cols());
  team.sum_ranges(static_cast<Index>(pairs.size()), kTile, sum, [&](Index begin, Index end) {
    Vector part = Vector::Zero(X.cols());
    for (Index p = begin; p < end; ++p) {
      part += w[p] * (X.row(at(pairs, p).i) - X.row(at(pairs, p).j)).transpose().cwiseAbs2();
    }
    return part;
  });
  return sum;
}

double pair_scatter_rounding(const Pairs& pairs, Index dims) {
  const auto count = static_cast<Index>(pairs.size());
  const Index longest = std::min(count, kTile) + count / kTile + dims + 8;
  return static_cast<double>(longest) * linalg::kUnitRoundoff;
}

Matrix pair_differences(const MatrixRef& X, const Pairs& pairs, Index begin, Index end) {
  Matrix V(end - begin, X.cols());
  for (Index p = begin; p < end; ++p) V.row(p - begin) = X.row(at(pairs, p).i) - X.row(at(pairs, p).j);
  return V;
}

Vector squared_lengths(const MatrixRef& X, const Pairs& pairs, const Team& team) {
  Vector lengths(static_cast<Index>(pairs.size()));
  team.for_numbers_of(X.cols()).fill(lengths, kTile, [&](Index begin, Index end) {
    for (Index p = begin; p < end; ++p) lengths[p] = (X.row(at(pairs, p).i) - X.row(at(pairs, p).j)).squaredNorm();
  });
  return lengths;
}

Pairs pairs_with(const Pairs& pairs, bool similar) {
  Pairs chosen;
  std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(chosen),
               [=](const Pair& pair) { return pair.similar == similar; });
  return chosen;
}

void check_pairs(const Pairs& pairs, Index n) {
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const auto [i, j, similar] = pairs[p];
    if (i < 0 || j < 0 || i >= n || j >= n || i == j) {
      throw InputError("pair " + std::to_string(p + 1) + " is of rows " + std::to_string(i + 1) + " and " +
                       std::to_string(j + 1) + ": two different rows of 1 to " + std::to_string(n) + " are wanted");
    }
  }
}

void check_both_kinds(const Pairs& pairs, Index n) {
  check_pairs(pairs, n);
  const auto similar = std::count_if(pairs.begin(), pairs.end(), [](const Pair& pair) { return pair.similar; });
  if (similar == 0) throw InputError("there is no similar pair");
  if (similar == std::ssize(pairs)) throw InputError("there is no dissimilar pair");
}

}  // namespace maha::prepare
