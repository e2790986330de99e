#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "core/error.hpp"
#include "core/random.hpp"
#include "data/formats.hpp"
#include "data/label_file.hpp"
#include "data/libsvm/rows.hpp"
#include "data/rows/labelled_rows.hpp"
#include "data/writing/convert.hpp"
#include "unit/data/formats/format_bytes.hpp"
#include "unit/data/written.hpp"

using namespace maha;
using namespace maha::data;
using namespace maha::test;

TEST_CASE("libsvm: sparse rows, with all that may stand beside them") {
  const std::string text = "# from a dump\n+1 1:0.5 3:-2 # a row\n\n-1 qid:7 2:1e2\n1\n";
  const Table table = table_of(text, {});
  CHECK(table.X == (Matrix(3, 3) << 0.5, 0, -2, 0, 100, 0, 0, 0, 0).finished());
  CHECK(table.classes == std::vector<std::string>{"-1", "1"});
  CHECK(table.y == Labels{1, 0, 1});
  CHECK(table_of(text).X.cols() == 3);  // without labels
  CHECK(table_of("1 1:2\r\n2 2:3", {}).X == (Matrix(2, 2) << 2, 0, 0, 3).finished());
  ColumnRequest model;
  model.dims = 5, model.source = "m.json";
  CHECK(table_of(text, model).X.cols() == 5);
  model.dims = 2;
  CHECK(refusal(text, model) == ":2: index 3, and m.json has 2 features");
  ColumnRequest drop;
  drop.drop = {"2"};
  CHECK(table_of(text, drop).X == (Matrix(3, 2) << 0.5, -2, 0, 0, 0, 0).finished());
  const Table second = table_of("3 1:7\n", ColumnRequest().following(table.columns));
  CHECK(second.X == (Matrix(1, 3) << 7, 0, 0).finished());
}

TEST_CASE("libsvm: what is refused, and where") {
  const std::string good = "1 1:1 2:2\n";
  CHECK(refusal(good + "2 2:1 1:3\n", {}) == ":2: index 1 behind 2: they must go up");
  CHECK(refusal(good + "2 0:1\n", {}).starts_with(":2: index 0: they count from 1"));
  CHECK(refusal(good + "2 1:x\n", {}) == ":2: '1:x' is not index:value");
  CHECK(refusal(good + "2 1\n", {}) == ":2: '1' is not index:value");
  CHECK(refusal(good + "1:2\n", {}) == ":2: begins with '1:2', not with a label");
  CHECK(refusal(good + "2 1:inf\n", {}) == ":2: column 1: inf is not a finite number");
  CHECK(refusal(good + "2 2:nan\n", {}) == ":2: column 2: nan stands for a missing value: --missing skip or mean");
  for (const std::string wrong : {"1 2:0.5 1:3", "1 0:2", "+1 1:a", "1 1: 2:3", "1 1:0,5 2:0,7", "1 1:2 2:3 4"}) {
    CHECK_MESSAGE(is_libsvm(wrong), wrong);  // though it cannot be read
    CHECK_MESSAGE(is_libsvm(wrong + "\n" + good), wrong);
  }
  CHECK(refusal("+1 1:a\n", {}) == ":1: '1:a' is not index:value");
  CHECK(refusal("1 1:2 2:3 4\n", {}) == ":1: '4' is not index:value");
  CHECK_FALSE(is_libsvm("1 12:30:15\n"));
  CHECK_FALSE(is_libsvm("2020 12:30 5.5\n"));
  CHECK_FALSE(is_libsvm("1 2 3\n"));
  CHECK_FALSE(is_libsvm("1,1:2\n2,3:4\n"));
  CHECK_FALSE(is_libsvm("a 1:2\n"));
}

TEST_CASE("libsvm: behind a mark of UTF-8") {
  CHECK(table_of("\xef\xbb\xbf"
                 "1 1:2\n2 2:3\n",
                 {})
            .classes == std::vector<std::string>{"1", "2"});
  CHECK(refusal("\xef\xbb\xbf"
                "1 1:x 2:3\n",
                {}) == ":1: '1:x' is not index:value");
}

TEST_CASE("libsvm: a matrix of few bytes that does not fit into memory is refused before it is made") {
  std::string text = "1 1:1\n2 2097152:1\n";
  for (int i = 0; i < 400000; ++i) text += "1\n";
  const std::string message = refusal(text, {});
  CHECK_MESSAGE(message.starts_with(":2: index 2097152: a matrix of so many columns and 400002 rows needs 6711 GB of"),
                message);
  const TempFile file(text);
  const auto rows = open_rows(file.path(), {}, {});
  rows->check_room(1);  // a stream of them is none of the matter
  CHECK_THROWS_AS(rows->check_room(2097152), InputError);
}

TEST_CASE("arff: attributes, quotes, what is missing, sparse rows") {
  const std::string text =
      "% a comment\n@RELATION 'iris 2'\n\n@attribute 'petal length' NUMERIC\n@Attribute b real % no name\n"
      "@attribute kind {'not so',yes}\n@DATA\n1, 2,yes\n% no row\n3,4,'not so'\n{0 5}\n";
  const Table table = table_of(text, {});
  CHECK(table.columns.names == std::vector<std::string>{"petal length", "b", "kind"});
  CHECK(table.X == (Matrix(3, 2) << 1, 2, 3, 4, 5, 0).finished());
  CHECK(table.classes == std::vector<std::string>{"not so", "yes"});
  CHECK(table.y == Labels{1, 0, 0});
  CHECK(refusal(text + "7,?,yes\n", {}) == ":12: column 2 (b): is empty: --missing skip or mean");
  CHECK(refusal(text + "7,x,yes\n", {}) == ":12: column 2 (b): 'x' is not a number");
  CHECK(refusal(text + "7,8\n", {}) == ":12: 2 fields where 3 columns are expected");
  CHECK(refusal(text + "{9 8}\n", {}) == ":12: '9' is no attribute: they count from 0 to 2");
  CHECK(refusal(text + "1,2,'yes\n", {}) == ":12: a quote opened in this line is never closed");
  CHECK(refusal(text + "7,8,no\n", {}) == ":12: 'no' is no value of the attribute 'kind', which has not so, yes");
  CHECK(refusal(text + "7,8,'no'\n", {}) == ":12: 'no' is no value of the attribute 'kind', which has not so, yes");
  CHECK(refusal(text + "{2 no}\n", {}) == ":12: 'no' is no value of the attribute 'kind', which has not so, yes");
  CHECK(refusal(text + "{0 1, 0 2}\n", {}) == ":12: the attribute 0 twice in a sparse row");
  CHECK(refusal(text + "{0 1, 1 2\n", {}) == ":12: a sparse row has no } at its end");
  CHECK(refusal(text + "{0 1} 2\n", {}) == ":12: text behind the } of a sparse row");
  const std::string weight = ":12: has a weight behind its values, which is not read here: leave it out";
  CHECK(refusal(text + "7,8,yes, {5}\n", {}) == weight);
  CHECK(refusal(text + "{0 1}, {5}\n", {}) == weight);
  CHECK(table_of(text + "7,?,yes % unknown\n{1 ?}%\n", {},
                 [] {
                   ReadOptions options;
                   options.missing = MissingField::skip_row;
                   return options;
                 }())
            .X.rows() == 3);
  CHECK(refusal("@relation x\n@attribute a numeric\n", {}) == ": is ARFF without @data");
  CHECK(refusal("@relation x\n@data\n1\n", {}) == ":2: @data without an @attribute before it");
  CHECK(refusal("@relation x\nhello\n@data\n1\n", {}) == ":2: 'hello' is no line of a header of ARFF");
  const auto header = [](const std::string& attribute) {
    return refusal("@relation x\n@attribute " + attribute + "\n@attribute b {u}\n@data\n1,u\n", {});
  };
  CHECK(header("a {1,2") == ":2: the { of the values of 'a' is not closed in this line");
  CHECK(header("a {'1',2 % comment }") == ":2: the { of the values of 'a' is not closed in this line");
  CHECK(header("a number") ==
        ":2: the attribute 'a' is of the type 'number': numeric, real, integer, string, date and {values} are read");
  CHECK(header("a {1,2} {0.5}") == ":2: the attribute 'a' has a weight, which is not read here");
  CHECK(header("a numeric {0.5}") == ":2: the attribute 'a' has a weight, which is not read here");
  CHECK(header("a {1,2} 3") == ":2: text behind the } of the values of 'a'");
  CHECK(header("a {1,2,1}") == ":2: the attribute 'a' lists the value '1' twice");
  CHECK(header("a {1,2, '1' }") == ":2: the attribute 'a' lists the value '1' twice");
  for (const char* none : {"a {}", "a { }", "a {,}"})
    CHECK(header(none) == ":5: '1' is no value of the attribute 'a', which has none: its { } is empty");
  for (const char* good :
       {"a {1,2} % comment", "a {1, 2 }% comment", "a Real[0,1]", "'a % b' integer%", "a {'1'}", "a{1}"})
    CHECK_MESSAGE(header(good) == "", good);
  const std::string commented =
      "@relation x\n@attribute a numeric\n@attribute b {'50 % off',no}\n@data\n"
      "1,no % no comment, 2\n2,'50 % off'% yes\n3,no,% behind a comma\n";
  CHECK(refusal(commented, {}) == ":7: 3 fields where 2 columns are expected");
  CHECK(table_of(commented.substr(0, commented.rfind("3,no")), {}).classes ==
        std::vector<std::string>{"50 % off", "no"});
  const std::string numbers = "@relation x\n@attribute a numeric\n@attribute of {0,1}\n@data\n1,0\n2,1\n";
  ColumnRequest optional;
  optional.labels = LabelUse::optional;
  CHECK(table_of(numbers, optional).classes.size() == 2);  // numbers that are classes
  CHECK(table_of("@relation x\n@attribute 'a\\'b' string\n@attribute c numeric\n@data\n'it\\'s, \"so\"',1\n",
                 [] {
                   ColumnRequest request;
                   request.label = "a'b";
                   return request;
                 }())
            .classes == std::vector<std::string>{"it's, \"so\""});
}

TEST_CASE("formats: what one writes, each reads, and all are the same numbers") {
  Random random(3);
  Matrix X(40, 3);
  for (Index i = 0; i < X.size(); ++i)
    X.data()[i] = std::ldexp((random.uniform() - 0.5), static_cast<int>(i) % 200 - 100);
  X(0, 0) = 5e-324, X(1, 0) = -1.7976931348623157e308, X(2, 0) = -0.0, X(3, 2) = 0.1;
  const auto write = [](WrittenFormat format, RowSource& source) {
    return test::written([&](io::Output& out) {
      const auto writer = row_writer(format, out, written_columns(source.columns()), Element(), Threads());
      write_all(source, {writer.get(), nullptr, nullptr});
    });
  };
  const std::string first = npy_of("<f8", "(40, 3)", std::string(reinterpret_cast<const char*>(X.data()), 40 * 3 * 8));
  const auto open = [&](const std::string& bytes, const TempFile& file) {
    ColumnRequest request = unlabeled();
    if (bytes.starts_with("0 ")) request.dims = 3;  // LIBSVM: a last feature that is 0 everywhere would not be seen
    return open_rows(file.path(), request, {});
  };
  const auto same = [&](const std::string& bytes) {
    const TempFile file(bytes);
    const Table table = read_table(*open(bytes, file));
    return table.X.rows() == 40 && table.X.cols() == 3 && std::memcmp(table.X.data(), X.data(), 40 * 3 * 8) == 0;
  };
  const auto formats = {WrittenFormat::csv, WrittenFormat::npy, WrittenFormat::libsvm, WrittenFormat::idx,
                        WrittenFormat::arff};
  for (const WrittenFormat format : formats) {
    const TempFile source(first);
    const std::string second = write(format, *open(first, source));
    CHECK(same(second));
    for (const WrittenFormat other : formats) {
      const TempFile between(second);
      CHECK(same(write(other, *open(second, between))));
    }
  }
}

TEST_CASE("labels of a file of their own go with rows in any format") {
  const auto labelled = [](const std::string& rows, const std::string& labels, bool target = false,
                           const ReadOptions& options = {}) {
    const TempFile a(rows), b(labels);
    LabelledRows source(open_rows(a.path(), unlabeled(), options),
                        open_labels(b.path(), target, options.missing, {}, Threads()));
    return read_table(source, options);
  };
  const std::string rows = npy_of("|u1", "(3, 1)", "\1\2\3");
  const std::vector<std::string> two{"a", "b"};
  for (const std::string labels : {"a\nb\na\n", "class\na\nb\na\n", "Y\r\na\r\nb\r\na", "\"a\"\n\"b\"\n\"a\"\n"}) {
    const Table table = labelled(rows, labels);
    CHECK(table.classes == two);
    CHECK(table.y == Labels{0, 1, 0});
    CHECK(table.X == (Matrix(3, 1) << 1, 2, 3).finished());
  }
  CHECK(labelled(rows, npy_of("<i8", "(3,)", bytes_of<std::int64_t>({4, 5, 4}))).y == Labels{0, 1, 0});
  CHECK(labelled(rows, npy_of("<U1", "(3,)", "a\0\0\0b\0\0\0a\0\0\0"s)).classes == two);
  CHECK(labelled(rows, npy_of("|S2", "(3,)", "a\0b\0a\0"s)).classes == two);
  CHECK(labelled(rows, "\0\0\x08\1\0\0\0\3\4\5\4"s).classes == std::vector<std::string>{"4", "5"});
  CHECK(labelled(rows, "price\n0.5\n1.5\n2\n", true).target == Vector{{0.5, 1.5, 2}});
  CHECK(labelled("x\n1\n2\n3\n", "a\nb\na\n").columns.names == std::vector<std::string>{"x", "label"});
  ReadOptions skip;
  skip.missing = MissingField::skip_row;
  CHECK(labelled("x\n1\nNA\n3\n", "a\nb\nc\n", false, skip).classes == std::vector<std::string>{"a", "c"});
  CHECK(labelled("x\n1\n2\n3\n", "a\n\nc\n", false, skip).classes == std::vector<std::string>{"a", "c"});
  CHECK(labelled("x\n1\nNA\n3\n", "\nb\nc\n\n", false, skip).X == (Matrix(1, 1) << 3).finished());
  CHECK(labelled("x\n1\n2\n3\n", "\"a\n\nb\"\n\nc\n", false, skip).classes == std::vector<std::string>{"a\n\nb", "c"});
  CHECK(labelled(rows, npy_of("<f8", "(3,)", bytes_of<double>({4, std::nan(""), 5})), false, skip).row ==
        std::vector<Index>{1, 3});
  CHECK(labelled(rows, npy_of("<f8", "(3,)", bytes_of<double>({4, std::nan(""), 5})), true, skip).target ==
        Vector{{4, 5}});
  CHECK_THROWS_AS(labelled("x\n1\n2\n3\n", "a\n\nc\n"), InputError);
  skip.block_size = 1;
  CHECK(labelled("x\n1\nNA\n3\n", "a\nb\nc\n", false, skip).row == std::vector<Index>{1, 3});
  CHECK_THROWS_AS(labelled(rows, "a\nb\n"), InputError);
  CHECK_THROWS_AS(labelled(rows, "a\nb\na\nb\n"), InputError);
  CHECK_THROWS_AS(labelled(rows, "a,1\nb,2\na,3\n"), InputError);
}
