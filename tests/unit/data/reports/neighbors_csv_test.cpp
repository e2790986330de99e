#include "data/reports/neighbors_csv.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/data/written.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::written;

TEST_CASE("neighbours: k each by row number or id, ranks from 1, distances or squares") {
  const std::vector<Index> numbers{1, 3, 4};
  const std::vector<std::string> ids{"a", "b,b", "c"};
  const neighbors::NeighborLists lists{2, {0, 1, 2, 0}, {0, 4, 1, 9}};
  CHECK(written([&](io::Output& out) {
          NeighborWriter(out, {numbers, {}}, false).write({numbers, {}}, lists, 2);
        }) == "query,rank,neighbor,distance\n1,1,1,0\n1,2,3,2\n3,1,4,1\n3,2,1,3\n");
  CHECK(written([&](io::Output& out) {
          NeighborWriter(out, {numbers, ids}, true).write({numbers, {}}, lists, 2);
        }) == "query,rank,neighbor,distance\n1,1,a,0\n1,2,\"b,b\",4\n3,1,c,1\n3,2,a,9\n");
}

TEST_CASE("neighbours: what a range search found, from its first query on; some find nothing") {
  const std::vector<Index> numbers{1, 2, 3, 4};
  const neighbors::RangeLists found{1, {0, 0, 2, 3}, {0, 3, 2}, {1, 4, 0}};
  CHECK(written([&](io::Output& out) {
          NeighborWriter(out, {numbers, {}}, false).write({numbers, {}}, found);
        }) == "query,rank,neighbor,distance\n3,1,1,1\n3,2,4,2\n4,1,3,0\n");
}

TEST_CASE("neighbours: only those with another id, k of each, and how many to find for that") {
  const std::vector<Index> numbers{1, 2, 3, 4};
  const std::vector<std::string> ids{"a", "b", "a", "c"}, asked{"a", "x"};
  const NeighborNames reference{numbers, ids}, queries{std::span(numbers).first(2), asked, "q.csv"};
  std::string refusal;
  const std::string text = written([&](io::Output& out) {
    NeighborWriter writer(out, reference, false, Ids::other);
    CHECK(writer.to_find(queries, 2) == 4);
    CHECK(writer.to_find({std::span(numbers).last(1), std::span(asked).last(1)}, 4) == 4);
    writer.write(queries, neighbors::NeighborLists{4, {0, 3, 2, 1, 0, 1, 2, 3}, {0, 1, 4, 9, 0, 1, 4, 9}}, 2);
    writer.write(queries, neighbors::RangeLists{0, {0, 2, 3}, {0, 2, 3}, {0, 1, 4}});
    try {
      writer.to_find(queries, 3);
    } catch (const InputError& e) {
      refusal = e.what();
    }
  });
  CHECK(text == "query,rank,neighbor,distance\na,1,c,1\na,2,b,3\nx,1,a,0\nx,2,b,1\nx,1,c,2\n");
  CHECK(refusal == "q.csv: row 1: k = 3 is more than the number of rows with another id than 'a', 2");
  CHECK(written([&](io::Output& out) { CHECK(NeighborWriter(out, reference, false).to_find(queries, 4) == 4); }) ==
        "query,rank,neighbor,distance\n");
}
