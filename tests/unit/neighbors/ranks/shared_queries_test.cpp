/// Of several ranks that all have all rows, each searches for some of them, and all find what one finds.

#include "neighbors/shared_queries.hpp"

#include <doctest/doctest.h>

#include <limits>

#include "neighbors/by_class.hpp"
#include "unit/long_case.hpp"
#include "unit/neighbors/hard_rows.hpp"
#include "unit/rank_threads.hpp"

using namespace maha;
using namespace maha::neighbors;

namespace {

/// What a search within radii of rows of other classes visits, block by block.
std::vector<RangeLists> blocks_within(const NeighborIndex& index, const std::vector<double>& radius, const Labels& y,
                                      const Ranks& ranks) {
  std::vector<RangeLists> blocks;
  index.within_other(
      radius, [&](const RangeLists& found) { blocks.push_back(found); }, y, Threads(), ranks);
  return blocks;
}

bool same_blocks(const std::vector<RangeLists>& a, const std::vector<RangeLists>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const RangeLists& one, const RangeLists& other) {
    return one.first == other.first && one.start == other.start && one.index == other.index &&
           one.squared == other.squared && one.lengths == other.lengths;
  });
}

}  // namespace

TEST_CASE("shared queries: the same neighbours, and the same blocks within a radius, on any number of ranks") {
  Random random(11);
  const Index n = 300;
  Labels y;
  for (Index i = 0; i < n; ++i) y.push_back(static_cast<int>(random.below(3)));
  for (int kind = 0; kind < kKinds; ++kind) {
    const Matrix X = rows_of(random, static_cast<Kind>(kind), n, kind % 2 ? 40 : 5);
    const NeighborIndex index(X);
    const NeighborLists near = index.nearest_other(3), in_class = nearest_in_class(X, y, 2);
    std::vector<double> radius(near.squared.begin(), near.squared.begin() + n);
    radius[5] = -1;
    const std::vector<RangeLists> blocks = blocks_within(index, radius, y, alone());
    for (const int count : {2, 5}) {
      CAPTURE(kind);
      CAPTURE(count);
      test::on_ranks(count, [&](const Ranks& ranks) {
        const NeighborIndex own(X);
        const NeighborLists found = own.nearest_other(3, Threads(), ranks);
        if (found.index != near.index || found.squared != near.squared || found.lengths != near.lengths)
          throw std::logic_error("other neighbours");
        if (nearest_in_class(X, y, 2, Threads(), ranks).index != in_class.index)
          throw std::logic_error("other neighbours in a class");
        if (!same_blocks(blocks_within(own, radius, y, ranks), blocks))
          throw std::logic_error("other rows within the radius");
      });
    }
  }
}

TEST_CASE("shared queries: where there is too much to find at once, blocks are as small as one rank makes them" *
          test::long_if_sanitized()) {
  Random random(3);
  const Index n = 2950;
  const Matrix X = rows_of(random, kGaussian, n, 2);
  Labels y;
  for (Index i = 0; i < n; ++i) y.push_back(static_cast<int>(i % 2));
  const NeighborIndex index(X);
  const std::vector<double> radius(static_cast<std::size_t>(n), std::numeric_limits<double>::infinity());
  std::vector<Index> sizes;
  index.within_other(
      radius, [&](const RangeLists& found) { sizes.push_back(found.size()); }, y);
  REQUIRE(sizes.size() > 1);
  test::on_ranks(2, [&](const Ranks& ranks) {
    std::vector<Index> own;
    NeighborIndex(X).within_other(
        radius, [&](const RangeLists& found) { own.push_back(found.size()); }, y, Threads(), ranks);
    if (own != sizes) throw std::logic_error("other blocks");
  });
}

TEST_CASE("shared queries: every query has one rank, by the order of the first, which a rank need not have") {
  std::vector<int> ranks_of(103, 0);
  const std::size_t sent = test::on_ranks(4, [&](const Ranks& ranks) {
    std::vector<Index> queries;
    for (Index q = 0; q < 103; ++q) queries.push_back(ranks.is_first() ? q : 102 - q);
    keep_share(queries, ranks.is_first() ? 10 : 7, ranks);
    if (std::ssize(queries) != (ranks.rank() == 3 ? 20 : ranks.rank() == 2 ? 23 : 30)) throw std::logic_error("share");
    for (const Index q : queries) ranks_of[static_cast<std::size_t>(q)] += 1;
  });
  CHECK(ranks_of == std::vector<int>(103, 1));
  CHECK(sent == 3 * (103 + 1) * 8);
}
