#include "data/table/table.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "core/error.hpp"
#include "core/random.hpp"
#include "data/csv/blocks.hpp"
#include "data/formats.hpp"
#include "io/text/csv_writer.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/requests.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::optional_label;
using maha::test::TempFile;
using maha::test::unlabeled;

namespace {

Table read(const std::string& text, const ColumnRequest& request = {}, ReadOptions options = {}) {
  const TempFile file(text);
  return read_table(file.path(), request, options);
}

/// The message without the path of the temporary file.
std::string error_of(const std::string& text, const ColumnRequest& request = {}, ReadOptions options = {}) {
  const TempFile file(text);
  try {
    read_table(file.path(), request, options);
  } catch (const InputError& e) {
    const std::string message = e.what();
    return message.substr(0, file.path().size()) == file.path() ? message.substr(file.path().size()) : message;
  }
  return "no error";
}

}  // namespace

TEST_CASE("a labelled file: names, numbers, classes in their order") {
  const Table table = read("a,b,class\n1,2.5,x\n-3e2,+4,w\n.5,5.,x\n");
  CHECK(table.X == (Matrix(3, 2) << 1, 2.5, -300, 4, .5, 5).finished());
  CHECK(table.y == Labels{1, 0, 1});
  CHECK(table.classes == std::vector<std::string>{"w", "x"});
  CHECK(table.columns.feature_names() == std::vector<std::string>{"a", "b"});
  CHECK(table.columns.label_name() == "class");
  CHECK(read("a,class\n1,10\n2,9\n3,-1\n").classes == std::vector<std::string>{"-1", "9", "10"});
}

TEST_CASE("one table, however it is spelled") {
  const Table plain = read("a,b,class\n1,2,x\n3,4,y z\n");
  for (const char* text : {
           "a,b,class\r\n1,2,x\r\n3,4,y z\r\n",  // CRLF
           "\xef\xbb\xbf"
           "a,b,class\n1,2,x\n3,4,y z",                                // byte order mark, no newline at the end
           "a;b;class\n1;2;x\n3;4;y z\n",                              // semicolons
           "a\tb\tclass\n1\t2\tx\n3\t4\ty z\n",                        // tabs
           " a , b,class \n\n 1,2 ,x\n  \n3 ,\t4, y z \n\n",           // blanks and blank lines
           "\"a\",\"b\",\"class\"\n\"1\",2,\"x\"\n3,\"4\",\"y z\"\n",  // quotes
       }) {
    const Table table = read(text);
    CHECK(table.X == plain.X);
    CHECK(table.classes == plain.classes);
    CHECK(table.y == plain.y);
    CHECK(table.columns.names == plain.columns.names);
  }
  ReadOptions spaces;
  spaces.dialect.delimiter = ' ';
  CHECK(read(" a  b class\n1   2 x \n 3 4 \"y z\"\r\n", {}, spaces).X == plain.X);
}

TEST_CASE("quoted fields may hold separators, quotes and newlines") {
  const Table table = read("a,\"the \"\"class\"\"\nof it\"\n1,\"x,\"\"y\"\"\n\"\n2,\"\"\"\"\n");
  CHECK(table.columns.label_name() == "the \"class\"\nof it");
  CHECK(table.classes == std::vector<std::string>{"\"", "x,\"y\"\n"});
}

TEST_CASE("any way of cutting the stream into blocks gives the same table") {
  Random random(3);
  std::string text = "a,\"b\",id,class\n";
  for (int i = 0; i < 300; ++i) {
    text += std::to_string(random.uniform() * 1e6 - 5e5) + "," + (i % 7 ? "" : "\"") + std::to_string(random.next()) +
            (i % 7 ? "" : "\"") + ",\"row\n" + std::to_string(i) + (i % 5 ? "\"" : "\"\"\",\"\"\"") + ",k\"" +
            std::to_string(random.below(4)) + (i % 11 ? "\n" : "\r\n\n");
  }
  std::size_t wide = 0;  // rows where i % 5 == 0 have a field more: give all rows the same
  for (std::size_t at = 0; (at = text.find("\"\"\",\"\"\"", at)) != std::string::npos; ++wide)
    text.replace(at, 7, "\"\"\"");
  CHECK(wide == 60);
  ColumnRequest request;
  request.id = "id";
  const TempFile file(text);
  const Table whole = read_table(file.path(), request, {});
  CHECK(whole.rows() == 300);
  CHECK(whole.ids[5] == "row\n5\"");
  int different = 0;
  for (std::size_t size = 1; size < 400; size += 3) {
    for (const int threads : {1, 3}) {
      ReadOptions options;
      options.block_size = size;
      const Table cut = read_table(file.path(), request, options, Threads(threads));
      different += cut.X != whole.X || cut.y != whole.y || cut.classes != whole.classes || cut.ids != whole.ids ||
                   cut.row != whole.row;
    }
  }
  CHECK(different == 0);
}

TEST_CASE("what is written reads back to the same bits") {
  Random random(8);
  Matrix X(500, 4);
  for (Index i = 0; i < X.size(); ++i) {
    std::uint64_t bits = random.next();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    X.data()[i] = std::isfinite(value) ? value : static_cast<double>(i);
  }
  X(0, 0) = -0.0, X(0, 1) = 5e-324, X(0, 2) = 1.7976931348623157e308, X(0, 3) = 0.1;
  std::string text;
  for (Index i = 0; i < X.rows(); ++i) io::append_numbers(text, X.row(i)), text += '\n';
  const Table table = read(text, unlabeled());
  CHECK(table.X.size() == X.size());
  CHECK(std::memcmp(table.X.data(), X.data(), sizeof(double) * static_cast<std::size_t>(X.size())) == 0);

  const std::vector<std::string> fields{"plain", " blanks ", "a,b", "say \"no\"", "two\nlines", "semi;colon", "", "\t"};
  const TempFile file(io::csv_line(fields) + io::csv_line(fields));
  CsvBlocks blocks(file.path(), {}, 16);
  CsvBlock block;
  REQUIRE(blocks.next(block));
  const char* p = block.begin();
  CHECK(blocks.scanner().fields(p, block.end(), "") == fields);
}

TEST_CASE("a header is text alone, data are numbers alone, a mixture is asked about") {
  CHECK(read("1,2,x\n3,4,y\n").rows() == 2);
  CHECK(read("a,b,x\n3,4,y\n").rows() == 1);
  CHECK(read("1,NA,x\n3,4,y\n", {}, {.missing = MissingField::skip_row}).rows() == 1);
  CHECK_THROWS_AS(read("1,b,x\n3,4,y\n"), UsageError);
  ColumnRequest request;
  request.header = Header::yes;
  CHECK(read("1,b,x\n3,4,y\n", request).columns.feature_names() == std::vector<std::string>{"1", "b"});
  request.header = Header::no;
  CHECK(read("1,2\n3,4\n", request).rows() == 2);
}

TEST_CASE("columns by name, by number, from the end") {
  const std::string text = "id,a,b,class\n7,1,2,x\n8,3,4,y\n";
  for (const char* id : {"id", "1", "-4"}) {
    ColumnRequest request;
    request.id = id;
    request.drop = {"b"};
    const Table table = read(text, request);
    CHECK(table.ids == std::vector<std::string>{"7", "8"});
    CHECK(table.X == (Matrix(2, 1) << 1, 3).finished());
  }
  ColumnRequest request;
  request.label = "nope";
  CHECK(error_of(text, request) == ": no column 'nope'; the columns are id, a, b, class");
  request.label = "5";
  CHECK(error_of(text, request) == ": no column '5'; the columns are id, a, b, class");
  CHECK(error_of("a,a,class\n1,2,x\n") == ": two columns are named 'a'; the columns are a, a, class");
}

TEST_CASE("a tool that needs no label takes the last column only where it is sure to be one") {
  CHECK(read("a,b\n1,x\n", optional_label()).labeled());
  CHECK(read("a,Class\n1,2\n", optional_label()).labeled());
  CHECK_FALSE(read("1,2\n3,4\n", optional_label()).labeled());
  CHECK(read("1,2,x\n3,4,y\n", optional_label()).labeled());
  CHECK(error_of("a,proline\n1,2\n", optional_label()) ==
        ": is column 2 (proline) the label? --label 2 or --unlabeled");
  CHECK_THROWS_AS(read("a,proline\n1,2\n", optional_label()), UsageError);
  CHECK(read("a,proline\n1,2\n", unlabeled()).X.cols() == 2);
}

TEST_CASE("numbers that are no integers are no labels, unless the label is named") {
  CHECK(error_of("a,b\n1,0.25\n") == ": column 2 (b) holds 0.25: is it a label? Then --label 2");
  const TempFile file(
      "a,y\n1,0.5\n");  // asked at once, so that tools that stream rows and never look at labels ask too
  CHECK_THROWS_AS(open_rows(file.path(), optional_label(), {}), InputError);
  ColumnRequest request;
  request.label = "b";
  CHECK(read("a,b\n1,0.25\n", request).classes == std::vector<std::string>{"0.25"});
}

TEST_CASE("missing values: an error, a row passed over, a mean, a given value") {
  const std::string text = "a,b,class\n1,2,x\n,4,y\n5,NA,x\n3,?,y\n";
  CHECK(error_of(text) == ":3: column 1 (a): is empty: --missing skip or mean");
  ReadOptions skip;
  skip.missing = MissingField::skip_row;
  const Table skipped = read(text, {}, skip);
  CHECK(skipped.row == std::vector<Index>{1});
  CHECK(skipped.rows_read == 4);
  CHECK(skipped.y == Labels{0});
  ReadOptions fill;
  fill.missing = MissingField::fill;
  const Table means = read(text, {}, fill);
  CHECK(means.fill == Vector{{3, 3}});
  CHECK(means.X == (Matrix(4, 2) << 1, 2, 3, 4, 5, 3, 3, 3).finished());
  fill.fill = Vector{{-1, -2}};
  CHECK(read(text, {}, fill).X == (Matrix(4, 2) << 1, 2, -1, 4, 5, -2, 3, -2).finished());
  CHECK(error_of("a,b,class\n1,,x\n2,,y\n", {}, {.missing = MissingField::fill}) ==
        ": column 2 (b) has no value in any row: --drop it");
}

TEST_CASE("a second file: by name if both have headers, else by position, with or without the label") {
  const Table first = read("a,b,class\n1,2,x\n3,4,y\n");
  ColumnRequest request = ColumnRequest{}.following(first.columns);
  CHECK(read("extra,class,b,a\n9,x,2,1\n", request).X == (Matrix(1, 2) << 1, 2).finished());
  CHECK(read("extra,class,b,a\n9,x,2,1\n", request).columns.ignored == std::vector<std::string>{"extra"});
  CHECK(read("1,2,x\n", request).X == (Matrix(1, 2) << 1, 2).finished());
  CHECK(error_of("a,class\n1,x\n", request) ==
        ": no column 'b', a feature the distance needs; the columns are a, class");
  CHECK(error_of("1,2\n", request) == ": has no label column: name it with --label; there are 2 columns and no header");
  request.labels = LabelUse::optional;
  CHECK(read("1,2\n", request).X == (Matrix(1, 2) << 1, 2).finished());
  CHECK(read("b,a\n2,1\n", request).X == (Matrix(1, 2) << 1, 2).finished());
  CHECK(error_of("1,2,3,4\n", request) == ": has 4 columns, the first file 3");
}

TEST_CASE("a second file: columns that were named by number are looked for by their names") {
  ColumnRequest request;
  request.id = "1";
  request.label = "-1";
  const Table first = read("who,a,b,class\np,1,2,x\nq,3,4,y\n", request);
  const Table second = read("b,class,who,a\n2,x,p,1\n", request.following(first.columns));
  CHECK(second.X == first.X.topRows(1));
  CHECK(second.ids == std::vector<std::string>{"p"});
  CHECK(second.classes == std::vector<std::string>{"x"});
  CHECK(read("p,1,2,x\n", request.following(first.columns)).X == first.X.topRows(1));
}

TEST_CASE("the columns that a model recorded") {
  ColumnRequest request = optional_label();
  request.features = {"b", "a"};
  request.dims = 2;
  request.model_label = "kind";
  CHECK(read("a,b,kind\n1,2,x\n", request).X == (Matrix(1, 2) << 2, 1).finished());
  CHECK(read("a,b,kind\n1,2,x\n", request).columns.label_name() == "kind");
  CHECK_FALSE(read("a,b,other\n1,2,7\n", request).labeled());
  CHECK(read("1,2\n", request).X == (Matrix(1, 2) << 1, 2).finished());
  CHECK(read("1,2,3\n", request).labeled());
  CHECK(error_of("1,2,3,4\n", request) == ": has 4 features, the distance takes 2");
  ColumnRequest two_features = optional_label();
  two_features.dims = 2;
  CHECK(error_of("p,q,r,class\n1,2,3,4\n", two_features) == ": has 3 features, the distance takes 2");
  request.id = "a";
  CHECK(error_of("a,b\n1,2\n", request) == ": column 1 (a) is a feature of the distance and cannot be the id");
}

TEST_CASE("the first error of a file is the one told, whichever thread meets which") {
  std::string text = "a,class\n";
  for (int i = 0; i < 1000; ++i) text += i == 700 ? "bad,x\n" : i == 900 ? std::string("1,\0\n", 5) : "1,x\n";
  for (const std::size_t block_size : {16u, 512u, 1u << 20}) {
    const TempFile file(text);
    ReadOptions options;
    options.block_size = block_size;
    const std::string expected =
        block_size < 1u << 20 ? ":702: column 1 (a): 'bad' is not a number" : ":902: column 2: NUL byte";
    CHECK_THROWS_WITH_AS(read_table(file.path(), {}, options, Threads(3)), (file.path() + expected).c_str(),
                         InputError);
  }
}

TEST_CASE("broken files are named with line and column") {
  CHECK(error_of("") == ": is empty");
  CHECK(error_of("\n \n") == ": is empty");
  CHECK(error_of("a,b,class\n") == ": has a header and no rows");
  CHECK(error_of("a,b,class\n1,2,x\n1,x\n") == ":3: 2 fields where 3 columns are expected");
  CHECK(error_of("a,b,class\n1,2,x\n\n1,2,3,x\n") == ":4: 4 fields where 3 columns are expected");
  CHECK(error_of("a,b,class\n1,2,x\n1,abc,x\n") == ":3: column 2 (b): 'abc' is not a number");
  CHECK(error_of("a,b,class\n1,2,x\n1,2 3,x\n") == ":3: column 2 (b): '2 3' is not a number");
  CHECK(error_of("a,b,class\n1,2,x\n1,inf,x\n") == ":3: column 2 (b): 'inf' is not a finite number");
  CHECK(error_of("a,b,class\n1,2,x\n1,1e999,x\n") == ":3: column 2 (b): '1e999' is out of range");
  CHECK(error_of("a,b,class\n1,2,x\n1,2,\n") == ":3: column 3 (class): the label is empty: --missing skip");
  CHECK(error_of("a,b,class\n1,2,x\n1,\"2,x\n") == ":3: column 2: a quote opened in this record is never closed");
  CHECK(error_of("a,b,class\n1,2,x\n1,\"2\"3,x\n") == ":3: column 2 (b): text after a closing quote");
  CHECK(error_of(std::string("a,b,class\n1,2,x\n1,\0,x\n", 23)) == ":3: column 2: NUL byte");
  CHECK(error_of("a,b,c,d e,class\n1,2,3,4,x\n1,u,v,w,x\n") == ":3: column 2 (b): 'u' is not a number");
  CHECK(error_of("a,b,c,d e,class\n1,u,3,w,x\n") ==
        ": text where numbers should be, in column 2 (b), column 4 (d e): --drop b,4");
}

TEST_CASE("blank lines cost no memory for columns") {
  std::string names, row;
  for (int j = 0; j < 20000; ++j) names += "f" + std::to_string(j) + ",", row += "1,";
  const Table table = read(names + "class\n" + row + "x\n" + std::string(1'500'000, '\n') + row + "y\n");
  CHECK(table.rows() == 2);
  CHECK(table.X.cols() == 20000);
}

TEST_CASE("a target: numbers in place of classes, the last column unless it is named, and never a feature") {
  ColumnRequest request;
  request.target = true;
  const Table table = read("a,b,price\n1,2,0.5\n3,4,-1e3\n", request);
  CHECK(table.target == Vector{{0.5, -1000.0}});
  CHECK(table.y.empty());
  CHECK(table.classes.empty());
  CHECK(!table.labeled());
  CHECK(table.columns.feature_names() == std::vector<std::string>{"a", "b"});
  CHECK(table.columns.label_name() == "price");
  CHECK(rows_of(table, {1}).target == Vector{{-1000.0}});
  request.label = "a";
  CHECK(read("a,b,price\n1,2,0.5\n3,4,-1e3\n", request).target == Vector{{1.0, 3.0}});
  request.label = "2";
  CHECK(read("1,2,0.5\n3,4,-1e3\n", request).target == Vector{{2.0, 4.0}});
  CHECK(read("a,b,class\n1,2,x\n").target.size() == 0);
}

TEST_CASE("a target that is missing or no finite number is an error with its line, or its row is skipped") {
  ColumnRequest request;
  request.target = true;
  const auto said = [&](const std::string& value) { return error_of("a,price\n1,2\n3," + value + "\n", request); };
  CHECK(said("") == ":3: column 2 (price): is empty, in the target: --missing skip");
  CHECK(said("NA") == ":3: column 2 (price): 'NA' stands for a missing value, in the target: --missing skip");
  CHECK(said("dear") == ":3: column 2 (price): 'dear' is not a number");
  CHECK(said("inf") == ":3: column 2 (price): 'inf' is not a finite number");
  CHECK(said("1e999") == ":3: column 2 (price): '1e999' is out of range");
  ReadOptions skip;
  skip.missing = MissingField::skip_row;
  const Table table = read("a,price\n1,2\n3,\n4,5\n,6\n", request, skip);
  CHECK(table.target == Vector{{2.0, 5.0}});
  CHECK(table.row == std::vector<Index>{1, 3});
  request.label = "cost";
  CHECK(error_of("a,price\n1,2\n", request) == ": no column 'cost'; the columns are a, price");
}
