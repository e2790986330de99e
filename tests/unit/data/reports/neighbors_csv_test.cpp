#include "data/reports/neighbors_csv.hpp"

#include <doctest/doctest.h>

#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::TempFile;

namespace {

template <class Write>
std::string written(const Write& write) {
  const TempFile file("");
  io::Output out(file.path());
  write(out);
  out.commit();
  std::ifstream stream(file.path());
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("neighbours: k each by row number or id, ranks from 1, distances or squares") {
  const std::vector<Index> numbers{1, 3, 4};
  const std::vector<std::string> ids{"a", "b,b", "c"};
  const neighbors::NeighborLists lists{2, {0, 1, 2, 0}, {0, 4, 1, 9}};
  CHECK(written([&](io::Output& out) {
          NeighborWriter(out, {numbers, {}}, false).write({numbers, {}}, lists);
        }) == "query,rank,neighbor,distance\n1,1,1,0\n1,2,3,2\n3,1,4,1\n3,2,1,3\n");
  CHECK(written([&](io::Output& out) {
          NeighborWriter(out, {numbers, ids}, true).write({numbers, {}}, lists);
        }) == "query,rank,neighbor,distance\n1,1,a,0\n1,2,\"b,b\",4\n3,1,c,1\n3,2,a,9\n");
}

TEST_CASE("neighbours: what a range search found, from its first query on; some find nothing") {
  const std::vector<Index> numbers{1, 2, 3, 4};
  const neighbors::RangeLists found{1, {0, 0, 2, 3}, {0, 3, 2}, {1, 4, 0}};
  CHECK(written([&](io::Output& out) {
          NeighborWriter(out, {numbers, {}}, false).write({numbers, {}}, found);
        }) == "query,rank,neighbor,distance\n3,1,1,1\n3,2,4,2\n4,1,3,0\n");
}
