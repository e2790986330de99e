#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "linalg/exact/scatter_sums.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::linalg;

namespace {

Moments scatter_moments(const Matrix& X) { return moments_of(X, MomentOrder::scatter, Threads(1)); }

ScatterSums sums_of_rows(const Matrix& X) {
  ColumnSums columns(X.cols());
  columns.add(X);
  return sums_of(scatter_moments(X), columns);
}

std::vector<ScatterSums> sums_of_parts(const Matrix& X, const std::vector<Index>& ends) {
  std::vector<ScatterSums> parts;
  for (Index begin = 0; const Index end : ends) {
    parts.push_back(sums_of_rows(X.middleRows(begin, end - begin)));
    begin = end;
  }
  return parts;
}

ScatterSums added(const std::vector<ScatterSums>& parts) {
  ScatterSums all = no_rows(parts.front().dims());
  for (const ScatterSums& part : parts) all += part;
  return all;
}

/// Rows far from 0, each feature at an offset of its own.
Matrix far_rows(double offset) {
  Matrix X = test::random_rows(3000, 5, 7);
  X.col(1) += 0.9 * X.col(0);
  for (Index j = 0; j < X.cols(); ++j) X.col(j).array() += offset * static_cast<double>(j - 2);
  return X;
}

}  // namespace

TEST_CASE("scatter sums: one part gives back the moments that it was made of, but for a rounding") {
  for (const double offset : {0.0, 1e8, -1e15}) {
    CAPTURE(offset);
    const Moments moments = scatter_moments(far_rows(offset));
    const ScatterSums sums = sums_of_rows(far_rows(offset));
    const Moments again = moments_of({&sums});
    CHECK((again.scatter - moments.scatter).cwiseAbs().maxCoeff() <= 4e-16 * moments.scatter.maxCoeff());
    CHECK(again.rows() == moments.rows());
    const RowVector mean = moments.origin + moments.mean.row(0), other = again.origin + again.mean.row(0);
    CHECK((other - mean).cwiseAbs().maxCoeff() <= 1e-15 * (1 + std::abs(offset)) * 2);
  }
}

TEST_CASE("scatter sums: parts add up to the same numbers in any order and grouping, and to those of one pass") {
  for (const double offset : {0.0, 1e8}) {
    CAPTURE(offset);
    const Matrix X = far_rows(offset);
    std::vector<ScatterSums> parts = sums_of_parts(X, {1, 40, 41, 900, 2500, 3000});
    const ScatterSums all = added(parts);
    std::vector<std::size_t> order(parts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    int orders = 0;
    do {
      ScatterSums left = no_rows(5), right = no_rows(5);
      for (std::size_t k = 0; k < order.size(); ++k) (k % 3 == 0 ? left : right) += parts[order[k]];
      right += left;
      REQUIRE(right == all);
    } while (std::next_permutation(order.begin(), order.end()) && ++orders < 100);

    const Moments one = scatter_moments(X), merged = moments_of({&all});
    CHECK((merged.scatter - one.scatter).cwiseAbs().maxCoeff() <= 1e-13 * one.scatter.cwiseAbs().maxCoeff());
    CHECK(merged.rows() == 3000);
  }
}

TEST_CASE("scatter sums: a part that is taken away leaves the numbers of the others") {
  std::vector<ScatterSums> parts = sums_of_parts(far_rows(1e8), {700, 1900, 3000});
  ScatterSums rest = added(parts);
  rest.take_away(parts[1], true);
  ScatterSums others = parts[2];
  others += parts[0];
  CHECK(rest.rows == others.rows);
  CHECK(rest.sum == others.sum);
  CHECK(rest.products == others.products);
}

TEST_CASE("scatter sums: groups share an origin, and their scatter is pooled") {
  const Matrix X = far_rows(1e8);
  const std::vector<ScatterSums> parts = sums_of_parts(X, {1000, 1001, 3000});
  const Moments moments = moments_of({&parts[0], &parts[1], &parts[2]});
  MomentStream stream(5, MomentOrder::scatter);
  Labels groups(3000, 2);
  std::fill_n(groups.begin(), 1001, 1);
  std::fill_n(groups.begin(), 1000, 0);
  stream.add(X, groups);
  const Moments twin = stream.finish();
  CHECK(moments.count == twin.count);
  CHECK((moments.scatter - twin.scatter).cwiseAbs().maxCoeff() <= 1e-13 * twin.scatter.cwiseAbs().maxCoeff());
  CHECK((moments.between() - twin.between()).cwiseAbs().maxCoeff() <= 1e-12 * twin.between().cwiseAbs().maxCoeff());
  CHECK((moments.total_scatter() - twin.total_scatter()).cwiseAbs().maxCoeff() <=
        1e-13 * twin.total_scatter().cwiseAbs().maxCoeff());
}

TEST_CASE("scatter sums: the sums of columns are exact where doubles are not, however the rows are cut") {
  Matrix X(4, 2);
  X << 1e16, 1, 1, 1e-30, -1e16, -1, 3, 2;
  ColumnSums columns(2), by_row(2);
  columns.add(X);
  for (Index i = 0; i < 4; ++i) by_row.add(X.row(i));
  CHECK(columns.sums() == by_row.sums());
  CHECK(columns.sums()[0] == Dyadic(4.0));
  Dyadic two(2.0);
  two += Dyadic(1e-30);
  CHECK(columns.sums()[1] == two);
  const ScatterSums whole = sums_of_rows((Matrix(3, 1) << 1, 0, 4).finished());
  CHECK(whole.sum[0] == Dyadic(5.0));
}

TEST_CASE("scatter sums: of differences the scatter is about 0") {
  const SquareMatrix S = (SquareMatrix(2, 2) << 4, 1, 1, 9).finished(),
                     T = (SquareMatrix(2, 2) << 1, -1, -1, 2).finished();
  ScatterSums sums = sums_of_differences(10, S);
  sums += sums_of_differences(5, T);
  CHECK(sums.scatter() == SquareMatrix(S + T));
  CHECK(sums.rows == 15);
  CHECK(of_differences(sums));
}
