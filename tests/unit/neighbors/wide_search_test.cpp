/// Neighbours whose squared distances are no numbers.

#include <doctest/doctest.h>

#include <cmath>

#include "core/random.hpp"
#include "neighbors/index.hpp"
#include "unit/random_rows.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

std::vector<double> distances(const NeighborLists& lists) {
  std::vector<double> all;
  for (std::size_t s = 0; s < lists.index.size(); ++s) all.push_back(lists.distance(s));
  return all;
}

struct FoundWithin {
  std::vector<Index> start{0}, index;
  std::vector<double> distance;
  bool operator==(const FoundWithin&) const = default;
};

RangeVisitor into(FoundWithin& all) {
  return [&all](const RangeLists& found) {
    for (Index q = 0; q < found.size(); ++q)
      all.start.push_back(all.start.back() + found.start[q + 1] - found.start[q]);
    for (std::size_t s = 0; s < found.index.size(); ++s) {
      all.index.push_back(found.index[s]);
      all.distance.push_back(found.distance(s));
    }
  };
}

}  // namespace

TEST_CASE("rows times a power of two have the same neighbours, at the distances times it") {
  const Matrix X = test::random_rows(300, 5, 1), Q = test::random_rows(40, 5, 2);
  const NeighborIndex common(X);
  const NeighborLists near = common.nearest(Q, 4), other = common.nearest_other(3);
  CHECK(near.lengths.empty());
  const double radius = near.distance(7);
  FoundWithin within;
  common.within_radius(Q, Radius{radius}, into(within));
  REQUIRE(within.index.size() > 40);
  for (const int e : {-980, -560, 520, 1000}) {
    CAPTURE(e);
    const double unit = std::ldexp(1.0, e);
    const NeighborIndex index(X * unit);
    const NeighborLists found = index.nearest(Q * unit, 4), found_other = index.nearest_other(3);
    CHECK(found.index == near.index);
    CHECK(found_other.index == other.index);
    std::vector<double> scaled = distances(near);
    for (double& distance : scaled) distance *= unit;
    CHECK(distances(found) == scaled);
    FoundWithin all;
    index.within_radius(Q * unit, Radius{radius * unit}, into(all));
    CHECK(all.start == within.start);
    CHECK(all.index == within.index);
    CHECK(distances(index.nearest(Q.topRows(2) * unit, 4, Threads())) ==
          std::vector<double>(scaled.begin(), scaled.begin() + 8));
  }
}

TEST_CASE("among rows of one enormous size a few that are tiny, which no unit fits, are found as well") {
  Matrix X = test::random_rows(80, 3, 3) * 0x1p600;
  X.topRows(5) = test::random_rows(5, 3, 4) * 0x1p-1000;
  const NeighborLists found = NeighborIndex(X).nearest_other(3);
  const NeighborLists tiny = NeighborIndex(test::random_rows(5, 3, 4)).nearest_other(3);
  for (std::size_t s = 0; s < 15; ++s) {
    CHECK(found.index[s] == tiny.index[s]);
    CHECK(found.distance(s) == tiny.distance(s) * 0x1p-1000);
  }
}

TEST_CASE("rows of all sizes: the nearest by 1e-200 comes before the one by 1e200") {
  const Matrix X = (Matrix(5, 2) << 1e200, 0, 1, 1e-200, 1, 2e-200, 1.5, 0, 1, 0).finished();
  const Matrix q = (Matrix(1, 2) << 1, 0).finished();
  const NeighborLists found = NeighborIndex(X).nearest(q, 5);
  CHECK(found.index == std::vector<Index>{4, 1, 2, 3, 0});
  CHECK(distances(found) == std::vector<double>{0, 1e-200, 2e-200, 0.5, 1e200});
  const auto within = [&](const Radius& radius) {
    FoundWithin all;
    NeighborIndex(X).within_radius(q, radius, into(all));
    return all.index;
  };
  CHECK(within({0}) == std::vector<Index>{4});
  CHECK(within({1e-200}) == std::vector<Index>{4, 1});
  CHECK(within({1.5e-200}) == std::vector<Index>{4, 1});
  CHECK(within({1}) == std::vector<Index>{4, 1, 2, 3});
  CHECK(within({0.9e200}) == std::vector<Index>{4, 1, 2, 3});
  CHECK(within({1e200}) == std::vector<Index>{4, 1, 2, 3, 0});
  CHECK(within({1.0, true}) == std::vector<Index>{4, 1, 2, 3});
  CHECK(within({INFINITY}) == std::vector<Index>{4, 1, 2, 3, 0});
}

TEST_CASE("equal rows are at distance 0, which is no underflow") {
  const NeighborLists found = NeighborIndex(Matrix::Ones(50, 3)).nearest_other(2);
  CHECK(found.lengths.empty());
  CHECK(found.distance(0) == 0);
}
