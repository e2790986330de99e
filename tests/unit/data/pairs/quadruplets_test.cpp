#include "data/pairs/quadruplets.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "named_rows.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::data;

namespace {

Quadruplets four(const std::string& text, const Table& table, Header header = Header::guess) {
  const test::TempFile file(text);
  return read_quadruplets(file.path(), RowNames(table), header);
}

std::string quadruplets_error(const std::string& text, const Table& table) {
  const test::TempFile file(text);
  try {
    read_quadruplets(file.path(), RowNames(table), Header::guess);
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "no error";
}

}  // namespace

TEST_CASE("quadruplets: rows by number, with or without a header; the weight by its name, or the fifth column") {
  const Quadruplets plain = {{0, 1, 2, 3}, {0, 1, 0, 2}};  // of rows 1, 2, 4, 5
  CHECK(four("1,2,4,5\n1,2,1,4\n", test::numbered()) == plain);
  CHECK(four("i,j,k,l\n1,2,4,5\n1,2,1,4\n", test::numbered()) == plain);
  CHECK(four("l,k,j,i\n5,4,2,1\n4,1,2,1\n", test::numbered()) == plain);
  CHECK(four("i,j,k,l,note\n1,2,4,5,x\n1,2,1,4,y\n", test::numbered()) == plain);
  CHECK(four("9,9,9,9\n1,2,4,5\n1,2,1,4\n", test::numbered(), Header::yes) == plain);
  const Quadruplets weighed = {{0, 1, 2, 3, 2.5}, {0, 1, 0, 2, 1e-3}};
  CHECK(four("1,2,4,5,2.5\n1,2,1,4,1e-3\n", test::numbered()) == weighed);
  CHECK(four("1,2,4,5,2.5,note\n1,2,1,4,1e-3,x\n", test::numbered()) == weighed);
  CHECK(four("Weight,i,j,k,l\n2.5,1,2,4,5\n1e-3,1,2,1,4\n", test::numbered()) == weighed);
  CHECK(four("i,j,k,l,who,weight\n1,2,4,5,ann,2.5\n1,2,1,4,bob,1e-3\n", test::numbered()) == weighed);
}

TEST_CASE("quadruplets by id") {
  const Table people = test::named({"ann", "bob", "cid", "dan"});
  CHECK(four("ann,bob,cid,dan\n", people) == Quadruplets{{0, 1, 2, 3}});
  CHECK(four("i,j,k,l\nann,bob,cid,dan\n", people) == Quadruplets{{0, 1, 2, 3}});
  CHECK(quadruplets_error("a,b,c,d\nann,bob,cid,dan\n", people) ==
        ":1: none of these is an id; is this line a header? --quadruplets-header yes or --quadruplets-header no");
}

TEST_CASE("what is wrong with a quadruplet is told with its line and column") {
  CHECK(quadruplets_error("1,2,4,5\n1,2,4,0\n", test::numbered()) == ":2: column 4: row 0: rows count from 1");
  CHECK(quadruplets_error("1,2,4,9\n", test::numbered()) == ":1: column 4: row 9: data.csv has 5");
  CHECK(quadruplets_error("1,1,4,5\n", test::numbered()) == ":1: column 2: a pair of row '1' with itself");
  CHECK(quadruplets_error("1,2,4,4\n", test::numbered()) == ":1: column 4: a pair of row '4' with itself");
  CHECK(quadruplets_error("1,2,1,2\n", test::numbered()) == ":1: the same pair twice in a quadruplet");
  CHECK(quadruplets_error("1,2,2,1\n", test::numbered()) == ":1: the same pair twice in a quadruplet");
  for (const std::string weight : {"0", "-1", "x", "", "inf", "nan"}) {
    CHECK(quadruplets_error("1,2,4,5,1\n1,2,4,5," + weight + "\n", test::numbered()) ==
          ":2: column 5: '" + weight + "' is no weight: a number above 0 is");
  }
  CHECK(quadruplets_error("1,2,4\n", test::numbered()) == ":1: 3 fields, where i,j,k,l are wanted");
  CHECK(quadruplets_error("1,2,4,5\n1,2,4,5,1\n", test::numbered()) == ":2: 5 fields, where the first line has 4");
  CHECK(quadruplets_error("i,j,l,weight\n1,2,4,5\n", test::numbered()) ==
        ": no column 'k'; the columns are i, j, l, weight");
  CHECK(quadruplets_error("i,j,k,l\n", test::numbered()) == ": has no quadruplet behind what looks like a header");
  CHECK(quadruplets_error("", test::numbered()) == ": has no quadruplet");
}
