#include "data/pairs/triplets.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "core/error.hpp"
#include "named_rows.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/written.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::numbered;
using maha::test::TempFile;

namespace {

Table people() { return maha::test::named({"ann", "bob, jr", "cid", "dan"}); }

Triplets three(const std::string& text, const Table& table, Header header = Header::guess) {
  const TempFile file(text);
  return read_triplets(file.path(), RowNames(table), header);
}

std::string triplets_error(const std::string& text, const Table& table, Header header = Header::guess) {
  const TempFile file(text);
  try {
    read_triplets(file.path(), RowNames(table), header);
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "no error";
}

}  // namespace

TEST_CASE("triplets are rows of the file by number, in any kind of CSV") {
  const Triplets expected = {{0, 1, 2}, {3, 2, 0}, {0, 1, 2}};
  CHECK(three("1,2,4\n5,4,1\n1,2,4\n", test::numbered()) == expected);
  CHECK(three("anchor,near,far\n1,2,4\n5,4,1\n1,2,4\n", test::numbered()) == expected);
  CHECK(three("a;b;c;who\r\n\r\n1;2;4;ann\r\n5 ; 4 ; 1;\r\n\r\n1;2;4;ann", test::numbered()) == expected);
  CHECK(three("9,9,9\n1,2,4\n5,4,1\n1,2,4\n", test::numbered(), Header::yes) == expected);
}

TEST_CASE("a header says where the columns of triplets are, and an index without a name is none of them") {
  const Triplets expected = {{0, 1, 2}, {3, 2, 0}};
  CHECK(three(",anchor,near,far\n5,1,2,4\n4,5,4,1\n", test::numbered()) == expected);
  CHECK(three("\"\",\"a\",\"b\",\"c\"\n\"1\",1,2,4\n\"2\",5,4,1\n", test::numbered()) == expected);
  CHECK(three("Far,note,Near,Anchor\n4,9,2,1\n1,9,4,5\n", test::numbered()) == expected);
  CHECK(three("near,anchor,other\n2,1,4\n4,5,1\n", test::numbered()) == expected);
  CHECK(three(",b,c\n1,2,4\n5,4,1\n", test::numbered()) == expected);
  CHECK(three("far,near,anchor\ncid,\"bob, jr\",ann\n", people()) == Triplets{{0, 1, 2}});
  CHECK(triplets_error(",anchor,near,far\n0,1,2,9\n", test::numbered()) == ":2: column 4: row 9: data.csv has 5");
}

TEST_CASE("triplets by id, and what their header is") {
  const Triplets expected = {{0, 1, 2}};
  const std::string row = "ann,\"bob, jr\",cid\n";
  CHECK(three(row, people()) == expected);
  CHECK(three("anchor,near,far,note\n" + row.substr(0, row.size() - 1) + ",x\n", people()) == expected);
  CHECK(three("one,two,three\n" + row, people(), Header::yes) == expected);
  CHECK(triplets_error("one,two,three\n" + row, people()) ==
        ":1: none of these is an id; is this line a header? --triplets-header yes or --triplets-header no");
  CHECK(triplets_error("one,two,three\n" + row, people(), Header::no) == ":1: column 1: id 'one' is not in data.csv");
  CHECK(triplets_error("ann,cid,three\n" + row, people()) == ":1: column 3: id 'three' is not in data.csv");
}

TEST_CASE("what is wrong with a triplet is told with its line and column") {
  CHECK(triplets_error("1,2,4\n0,2,1\n", test::numbered()) == ":2: column 1: row 0: rows count from 1");
  CHECK(triplets_error("1,2,4\n\n1,6,2\n", test::numbered()) == ":3: column 2: row 6: data.csv has 5");
  CHECK(triplets_error("1,2,3\n", test::numbered()) == ":1: column 3: row 3 was skipped for a missing value");
  CHECK(triplets_error("1,two,4\n", test::numbered()) ==
        ":1: column 2: 'two' is no row number (rows called by id need --id COLUMN)");
  CHECK(triplets_error("1,2,1.5\n", test::numbered()) ==
        ":1: column 3: '1.5' is no row number (rows called by id need --id COLUMN)");
  CHECK(triplets_error("1,1,2\n", test::numbered()) == ":1: column 2: row '1' twice in a triplet");
  CHECK(triplets_error("1,2,1\n", test::numbered()) == ":1: column 3: row '1' twice in a triplet");
  CHECK(triplets_error("1,2,2\n", test::numbered()) == ":1: column 3: row '2' twice in a triplet");
  CHECK(triplets_error("1,2\n", test::numbered()) == ":1: 2 fields, where anchor,near,far are wanted");
  CHECK(triplets_error("1,2,4\n1,2\n", test::numbered()) == ":2: 2 fields, where the first line has 3");
  CHECK(triplets_error("anchor,near,far\n", test::numbered()) == ": has no triplet behind what looks like a header");
  CHECK(triplets_error("", test::numbered()) == ": has no triplet");
}

TEST_CASE("multipliers are written with the numbers of their rows in the file, to the last bit") {
  CHECK(test::written([](io::Output& out) {
          write_multipliers(out, {{0, 1, 2, 0.5}, {2, 0, 1, 1.0 / 3}}, {1, 4, 7});
        }) == "i,j,l,alpha\n1,4,7,0.5\n7,1,4,0.3333333333333333\n");
}
