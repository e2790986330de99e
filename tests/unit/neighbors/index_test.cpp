#include "neighbors/index.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "core/error.hpp"
#include "core/random.hpp"
#include "neighbors/rows/byte_rows.hpp"
#include "unit/neighbors/brute_force.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

Matrix integers(Index n, Index d, Index values, std::uint64_t seed) {
  Random random(seed);
  Matrix X(n, d);
  for (Index i = 0; i < X.size(); ++i) X.data()[i] = static_cast<double>(random.below(values));
  return X;
}

}  // namespace

TEST_CASE("nearest: what comparing every pair finds, ties by row number") {
  const Matrix X = integers(300, 3, 4, 1);  // 64 places for 300 rows: most distances tie
  const Matrix Q = integers(50, 3, 4, 2);
  for (const Index k : {1, 2, 7, 64, 300}) {
    CHECK(same(NeighborIndex(X).nearest(Q, k), brute_nearest(X, Q, k, false)));
  }
}

TEST_CASE("nearest_other: a row is never its own neighbour, its duplicates are") {
  const Matrix X = Matrix::Constant(5, 2, 3.0);
  const NeighborLists lists = NeighborIndex(X).nearest_other(2);
  CHECK(lists.index == std::vector<Index>{1, 2, 0, 2, 0, 1, 0, 1, 0, 1});
  CHECK(lists.squared == std::vector<double>(10, 0.0));
  const Matrix Y = integers(200, 4, 3, 3);
  CHECK(same(NeighborIndex(Y).nearest_other(5), brute_nearest(Y, Y, 5, true)));
}

TEST_CASE("one row, one column") {
  const Matrix X = Matrix::Constant(1, 1, 2.0);
  const NeighborLists lists = NeighborIndex(X).nearest(Matrix::Constant(1, 1, 5.0), 1);
  CHECK(lists.index == std::vector<Index>{0});
  CHECK(lists.squared == std::vector<double>{9.0});
  CHECK_THROWS_AS(NeighborIndex(X).nearest_other(1), InputError);
}

TEST_CASE("more coordinates than the filters are made for") {
  const Matrix X = integers(40, ByteRows::kMostCoordinates + 5, 3, 9);
  CHECK(same(NeighborIndex(X).nearest_other(3), brute_nearest(X, X, 3, true)));
}

TEST_CASE("k, widths and coordinates that make no sense are refused") {
  const NeighborIndex index(integers(10, 2, 9, 4));
  const Matrix Q = Matrix::Zero(3, 2);
  CHECK_THROWS_AS(index.nearest(Q, 0), InputError);
  CHECK_THROWS_AS(index.nearest(Q, 11), InputError);
  CHECK_NOTHROW(index.nearest(Q, 10));
  CHECK_THROWS_AS(index.nearest_other(10), InputError);
  CHECK_THROWS_AS(index.nearest(Matrix::Zero(3, 3), 1), InputError);
  CHECK_THROWS_AS(index.nearest(Matrix::Constant(1, 2, std::numeric_limits<double>::quiet_NaN()), 1), InputError);
  CHECK_THROWS_AS(NeighborIndex(Matrix::Constant(1, 2, std::numeric_limits<double>::infinity())), InputError);
  CHECK_THROWS_AS(index.within(Q, std::vector<double>(2, 1.0), [](const RangeLists&) {}), InputError);
  CHECK_THROWS_AS(index.within_other(
                      std::vector<double>(10, 1.0), [](const RangeLists&) {}, std::vector<int>(9)),
                  InputError);
}

TEST_CASE("no queries, no lists") {
  const NeighborIndex index(integers(10, 2, 9, 4));
  CHECK(index.nearest(Matrix(0, 2), 3).index.empty());
  index.within(Matrix(0, 2), {}, [](const RangeLists& found) { CHECK(found.size() == 0); });
}

TEST_CASE("range search: each row with its own radius, boundary included, all classes or only the others") {
  const Matrix X = integers(400, 3, 5, 5);
  Random random(6);
  std::vector<double> radius(400);
  Labels y(400);
  for (double& r : radius) r = static_cast<double>(random.below(8)) - 1;  // integers: ties at the boundary; -1: nothing
  for (int& label : y) label = static_cast<int>(random.below(3));
  radius[7] = std::numeric_limits<double>::infinity();
  const NeighborIndex index(X);
  CHECK(same(collect_within_other(index, radius, {}), brute_within(X, X, radius, {}, true)));
  CHECK(same(collect_within_other(index, radius, y), brute_within(X, X, radius, {y, y}, true)));
  const Matrix Q = integers(60, 3, 5, 7);
  const std::vector<double> query_radius(radius.begin(), radius.begin() + 60);
  const Labels query_y(y.begin(), y.begin() + 60);
  CHECK(same(collect_within(index, Q, query_radius, {}), brute_within(X, Q, query_radius, {}, false)));
  CHECK(same(collect_within(index, Q, query_radius, {query_y, y}),
             brute_within(X, Q, query_radius, {query_y, y}, false)));
}

TEST_CASE("the same bits on any number of threads") {
  const Matrix X = integers(500, 6, 50, 8);
  const std::vector<double> radius(500, 900.0);
  const NeighborIndex index(X);
  const NeighborLists alone = index.nearest_other(4);
  const RangeLists found = collect_within_other(index, radius, {});
  for (const int threads : {2, 3}) {
    CHECK(same(index.nearest_other(4, Threads(threads)), alone));
    CHECK(same(collect_within_other(index, radius, {}, Threads(threads)), found));
  }
}
