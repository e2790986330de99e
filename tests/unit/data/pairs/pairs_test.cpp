#include "data/pairs/pairs.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "io/input.hpp"
#include "named_rows.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::numbered;
using maha::test::TempFile;

namespace {

Table named() { return maha::test::named({"ann", "bob, jr", "cid", "cid"}); }

PairList read(const std::string& text, const Table& table, Answers answers = Answers::required,
              Header header = Header::guess) {
  const TempFile file(text);
  const RowNames rows(table);
  return read_pairs(file.path(), rows, rows, answers, header);
}

std::string error_of(const std::string& text, const Table& table, Answers answers = Answers::required) {
  const TempFile file(text);
  const RowNames rows(table);
  try {
    read_pairs(file.path(), rows, rows, answers, Header::guess);
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "no error";
}

}  // namespace

TEST_CASE("pairs are rows of the file by number, with all the spellings of an answer") {
  const Pairs expected = {{0, 1, true}, {2, 0, false}, {3, 1, true}, {1, 2, false}, {0, 3, false}};
  const std::string rows = "1,2,1\n4,1,0\n5,2,True\n2,4,-1\n1,5,false\n";
  CHECK(read(rows, test::numbered()).pairs == expected);
  CHECK(read("i,j,similar\n" + rows, test::numbered()).pairs == expected);
  CHECK(read("a;b;same;note\r\n\r\n1;2;1;x\r\n4 ; 1 ; 0;\r\n", test::numbered()).pairs ==
        Pairs{{0, 1, true}, {2, 0, false}});
}

TEST_CASE("without answers two columns are enough, where none is required") {
  for (const char* text : {"1,2\n5,1\n", "i,j\n1,2\n5,1\n"}) {
    const PairList list = read(text, test::numbered(), Answers::optional);
    CHECK_FALSE(list.answered);
    CHECK(list.pairs == Pairs{{0, 1, false}, {3, 0, false}});
  }
  CHECK(read("1,2,1\n", test::numbered(), Answers::optional).answered);
  CHECK(error_of("1,2\n", test::numbered()) == ":1: 2 fields, where i,j,similar are wanted");
}

TEST_CASE("pairs by id") {
  CHECK(read("ann,\"bob, jr\",1\n", named()).pairs == Pairs{{0, 1, true}});
  CHECK(read("x,y,same\nann,\"bob, jr\",1\n", named()).pairs == Pairs{{0, 1, true}});
  CHECK(error_of("ann,dee,1\n", named()) == ":1: column 2: id 'dee' is not in data.csv");
  CHECK(error_of("ann,cid,1\n", named()) == ":1: column 2: id 'cid' stands for more than one row of data.csv");
  const std::string two = "ann,\"bob, jr\"\n\"bob, jr\",ann\n";
  CHECK(error_of(two, named(), Answers::optional) ==
        ":1: is this line a header? --pairs-header yes or --pairs-header no");
  CHECK(read(two, named(), Answers::optional, Header::no).pairs.size() == 2);
  CHECK(read(two, named(), Answers::optional, Header::yes).pairs.size() == 1);
}

TEST_CASE("a header says where the columns of pairs are, and an index without a name is none of them") {
  const Pairs expected = {{1, 0, true}, {0, 3, false}};
  CHECK(read("\"\",\"i\",\"j\",\"similar\"\n\"1\",2,1,1\n\"2\",1,5,0\n", test::numbered()).pairs == expected);
  CHECK(read(",a,b,same\n0,2,1,1\n1,1,5,0\n", test::numbered()).pairs == expected);
  CHECK(read("similar,J,I\n1,1,2\n0,5,1\n", test::numbered()).pairs == expected);
  CHECK(read("i,j,weight,Similar\n2,1,9,1\n1,5,9,0\n", test::numbered()).pairs == expected);
  CHECK(read("similar,a,b\n1,2,1\n0,1,5\n", test::numbered()).pairs == expected);
  CHECK(read("j,k,same\n2,1,1\n1,5,0\n", test::numbered()).pairs == expected);  // not i and j
  CHECK(read(",a,same\n2,1,1\n1,5,0\n", test::numbered()).pairs == expected);   // no column is left for an index
  for (const char* text :
       {"\"\",\"i\",\"j\"\n\"1\",2,1\n\"2\",1,5\n", "id,i,j\n7,2,1\n8,1,5\n", ",a,b\n0,2,1\n1,1,5\n"}) {
    const PairList list = read(text, test::numbered(), Answers::optional);
    CHECK_FALSE(list.answered);
    CHECK(list.pairs == Pairs{{1, 0, false}, {0, 3, false}});
  }
  CHECK(error_of("id,i,j\n7,2,1\n", test::numbered()) == ": no column 'similar'; the columns are id, i, j");
  CHECK(error_of(",i,j,similar\n0,1,6,1\n", test::numbered()) == ":2: column 3: row 6: data.csv has 5");
  CHECK(error_of(",i,j,similar\n0,1,2,yes\n", test::numbered()).starts_with(":2: column 4: 'yes' is no answer"));
}

TEST_CASE("a first pair with a bad answer is no header") {
  const std::string said = " is no answer: 1, 0, -1, true or false are";
  CHECK(error_of("1,2,yes\n1,4,1\n", test::numbered()) == ":1: column 3: 'yes'" + said);
  CHECK(error_of("ann,\"bob, jr\",yes\nann,cid,1\n", named()) == ":1: column 3: 'yes'" + said);
  CHECK(read("0,1,2\n1,2,1\n", test::numbered()).pairs == Pairs{{0, 1, true}});  // rows count from 1
}

TEST_CASE("what is wrong with a pair is told with its line") {
  CHECK(error_of("1,2,1\n0,2,1\n", test::numbered()) == ":2: column 1: row 0: rows count from 1");
  CHECK(error_of("1,2,1\n1,6,1\n", test::numbered()) == ":2: column 2: row 6: data.csv has 5");
  CHECK(error_of("1,2,1\n1,3,1\n", test::numbered()) == ":2: column 2: row 3 was skipped for a missing value");
  CHECK(error_of("1,2,1\n\n2,2,1\n", test::numbered()) == ":3: a pair of row '2' with itself");
  CHECK(error_of("1,2,1\n1,4,yes\n", test::numbered()) ==
        ":2: column 3: 'yes' is no answer: 1, 0, -1, true or false are");
  CHECK(error_of("1,2,1\n1,4\n", test::numbered()) == ":2: 2 fields, where the first line has 3");
  CHECK(error_of("1,2,1\nx,4,1\n", test::numbered()) ==
        ":2: column 1: 'x' is no row number (rows called by id need --id COLUMN)");
  CHECK(error_of("1,1.5,1\n", test::numbered()) ==
        ":1: column 2: '1.5' is no row number (rows called by id need --id COLUMN)");
  CHECK(error_of("1\n", test::numbered()) == ":1: one field, where i,j,similar are wanted");
  CHECK(error_of("i,j,similar\n", test::numbered()) == ": has no pair behind what looks like a header");
  CHECK(error_of("", test::numbered()) == ": has no pair");
}

TEST_CASE("pairs of rows of two files may have the same number, and are written as they are read") {
  const Table a = test::numbered(), b = named();
  const RowNames first(a), second(b);
  const TempFile file("1,ann,1\n4,\"bob, jr\",0\n");
  const PairList list = read_pairs(file.path(), first, second, Answers::required, Header::guess);
  CHECK(list.pairs == Pairs{{0, 0, true}, {2, 1, false}});
  const TempFile copy("");
  io::Output out(copy.path());
  PairWriter writer(out, ",similar", first, second);
  for (const Pair& pair : list.pairs) writer.write(pair, pair.similar ? ",1" : ",0");
  out.commit();
  CHECK(io::read_all(copy.path()) == "i,j,similar\n1,ann,1\n4,\"bob, jr\",0\n");
}
