/// What CSV files begin with, and how they are written, where that is not the plain way.
#include <doctest/doctest.h>

#include "core/error.hpp"
#include "data/table/table.hpp"
#include "unit/data/csv_files.hpp"
#include "unit/data/requests.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::TempFile;
using maha::test::unlabeled;

namespace {

Table read(const std::string& text, const ReadOptions& options = {}, const ColumnRequest& request = {}) {
  return read_table(TempFile(text).path(), request, options);
}

/// The message behind the path of the temporary file.
std::string error_of(const std::string& text, const ReadOptions& options = {}, const ColumnRequest& request = {}) {
  const TempFile file(text);
  try {
    read_table(file.path(), request, options);
  } catch (const InputError& e) {
    const std::string message = e.what();
    return message.starts_with(file.path()) ? message.substr(file.path().size()) : "elsewhere: " + message;
  }
  return "no error";
}

ReadOptions commas() {
  ReadOptions options;
  options.dialect.decimal = ',';
  return options;
}

ReadOptions hashes() {
  ReadOptions options;
  options.dialect.comment = "#";
  return options;
}

/// The text as UTF-16, each byte a letter.
std::string wide(const std::string& text, bool big_endian) {
  std::string all;
  for (const char c : text) all += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return all;
}

}  // namespace

TEST_CASE("opening: UTF-16 and UTF-32 are called so, with a byte order mark or without") {
  const std::string text = "a,b,class\n1,2,x\n";
  CHECK(error_of("\xff\xfe" + wide(text, false)) ==
        ": is UTF-16, and not UTF-8: put it through iconv -f UTF-16 -t UTF-8");
  CHECK(error_of("\xfe\xff" + wide(text, true)).starts_with(": is UTF-16, "));
  CHECK(error_of(wide(text, false)).starts_with(": is UTF-16LE, "));
  CHECK(error_of(wide(text, true)).starts_with(": is UTF-16BE, "));
  CHECK(error_of(std::string("\xff\xfe\0\0a\0\0\0", 8)).starts_with(": is UTF-32, "));
}

TEST_CASE("opening: what is no text is called what it is") {
  CHECK(error_of("PAR1\x15\x04\x15") == ": is a Parquet file, not CSV");
  CHECK(error_of("PK\x03\x04\x14") == ": is a ZIP archive, as Excel workbooks and .npz are, not CSV");
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>((i * 167 + i / 7) % 255 + 1);
  CHECK(error_of(bytes) == ": is binary, not CSV");
  ReadOptions hive;
  hive.dialect.delimiter = '\x01';
  CHECK(read("1\x01"
             "2\x01u\n3\x01"
             "4\x01v\n",
             hive)
            .X(1, 1) == 4);
}

TEST_CASE("opening: lines that end in a carriage return alone") {
  const std::string old_mac = ": lines end in a carriage return alone, as on old Macs: put it through tr '\\r' '\\n'";
  CHECK(error_of("a,b,class\r1,2,u\r2,3,v\r") == ":1" + old_mac);
  CHECK(error_of("1,2,3\r4,5,6\r", {}, unlabeled()) == ":1" + old_mac);
  CHECK(error_of("1\r2\r3", {}, unlabeled()) == ":1" + old_mac);
  CHECK(error_of("\n\"a\",\"b\"\r\"1\",\"u\"\r") == ":2" + old_mac);
  CHECK(error_of("a,\r1,\r", {}, unlabeled()) == ":1" + old_mac);
  CHECK(error_of("a,b,class\n1,2,u\n1,2,u\r2,3,v\n") ==
        ":3: 5 fields where 3 columns are expected (a carriage return alone ends no line: tr '\\r' '\\n')");
  CHECK(read("\"a\rb\",c\r\n1,x\r\r\n2,y\n").columns.names[0] == "a\rb");
}

TEST_CASE("opening: a first row that does not fit is told with its line, before columns are asked about") {
  ColumnRequest named;
  named.label = "art";
  CHECK(error_of("a,b,class\n1,2\n3,4,x\n") == ":2: 2 fields where 3 columns are expected");
  CHECK(error_of("a,b,class\n\n1,2,x,\n3,4,x\n", {}, named) == ":3: 4 fields where 3 columns are expected");
  CHECK(error_of("title\na,b,class\n1,2,x\n") == ":2: 3 fields where 1 column is expected");
  CHECK(error_of("title\na;b;class\n1;2;x\n") == ":2: 3 fields where 1 column is expected");
  CHECK(error_of("\"a\nb\",c\n1\n") == ":3: 1 field where 2 columns are expected");
}

TEST_CASE("opening: row names of R are called so where all rows have one") {
  const std::string said = " (write.table of R gives its row names no header; write.csv, or col.names = NA, does)";
  CHECK(error_of("a,b,class\n1,2,3,u\n2,2,5,v\n") == ":2: 4 fields where 3 columns are expected" + said);
  CHECK(error_of("a,b,class\nann,2,3,u\n\nbob,2,5,v\n").ends_with(said));
  CHECK(error_of("a,b,class\n\"7\",2,3,u\n\"4\",2,5,v\n").ends_with(said));
  for (const char* text : {"a,b,class\n1,2,u,7\n2,2,u\n5,5,v\n", "a,b,class\n1,2,'u,v'\n5,5,'w,v'\n",
                           "a,b,class\n5,2,3,u\n", "a,b,class\n1,2,u,\n2,5,v,\n"}) {
    CHECK(error_of(text) == ":2: 4 fields where 3 columns are expected");
  }
}

TEST_CASE("opening: a title over the header is called so") {
  const std::string said = "looks like a title, most of its fields are empty: leave it out, as with tail -n +";
  CHECK(error_of("My title,,\na,b,class\n1,2,u\n5,5,v\n") == ":1: " + said + "2");
  CHECK(error_of("\n,My title,,\n\na,b,c,class\n1,2,3,u\n") == ":2: " + said + "4");
  CHECK(error_of("a,,\n1,2,u\n") == ": columns 2 and 3 have no name: --label 3");
}

TEST_CASE("opening: other delimiters than are found out are proposed") {
  const auto proposed = [](const std::string& text) { return error_of(text, {}, unlabeled()); };
  CHECK(proposed("1 2 3\n2 3 1\n") == ":1: one field, where there are 3 with blanks between them: -d ' '");
  CHECK(error_of("a|b|class\n1|2|u\n") == ":1: one field, where there are 3 with '|' between them: -d '|'");
  CHECK(error_of("a:b\n1:u\n") == ":1: one field, where there are 2 with ':' between them: -d ':'");
  CHECK(proposed("a b\n1\n") == "no error");
  CHECK(proposed("a\nu v\n") == ": text where numbers should be, in column 1 (a): --drop a");
  for (const std::string text : {"a \"b\nc 1\n", "a: \"b\" c\n3: 1\n"}) {  // with no fields between these
    CHECK(proposed(text).find("text where numbers should be, in column 1") != std::string::npos);
  }
}

TEST_CASE("opening: the note for Excel is called so") {
  CHECK(error_of("sep =;\na;b;class\n1;2;u\n") ==
        ":1: 'sep =;' tells Excel the delimiter and is no row: --comment 'sep =' passes it over");

  CHECK(error_of("sep=;\na;class\n1;u\n") ==
        ":1: 'sep=;' tells Excel the delimiter and is no row: --comment sep= passes it over");
  CHECK(error_of("SEP=,\r\na,class\r\n1,u\r\n").starts_with(":1: 'SEP=,' tells Excel"));
  CHECK(error_of("\n\"sep=;\"\na;class\n1;u\n") ==
        ":2: 'sep=;' tells Excel the delimiter and is no row: leave it out, as with tail -n +3");
  ReadOptions options;
  options.dialect.comment = "sep=";
  CHECK(read("sep=;\na;class\n1;u\n", options).X(0, 0) == 1);
}

TEST_CASE("comments: asked about where a line is likely to be one, passed over where a mark is given") {
  const std::string text = "# made by logger 3, units cm\na,b,class\n1,2,u\n2,3,v\n";
  CHECK(error_of(text) == ":1: is this line a comment? --comment '#'");
  CHECK(error_of("# made by logger 3\n# units cm\na,b,class\n1,2,u\n") == ":1: is this line a comment? --comment '#'");
  CHECK(error_of("% x, y\n% cm, cm\n1,2\n", {}, unlabeled()) ==
        ":2: column 1 (% x): '% cm' is not a number: a comment? --comment '%'");
  CHECK(error_of("a,b,class\n1,2,u\n# total 2\n") ==
        ":3: 1 field where 3 columns are expected (a comment? --comment '#')");
  CHECK(error_of("# x, y, z\na,b,class\n1,2,u\n2,2,u\n5,5,v\n") == ":1: is this line a comment? --comment '#'");
  CHECK(error_of("#id,b,class\nann,2,u\n") == ": text where numbers should be, in column 1 (#id): --drop 1");
  CHECK(read("#id,b,class\n1,2,u\n").columns.names[0] == "#id");
  const Table plain = read("a,b,class\n1,2,u\n2,3,v\n");
  for (const std::string& same : std::vector<std::string>{
           text, "#\n" + text + "#", "# \"a quote\na,b,class\n  # \"one more\n1,2,u\n\n\"2\",3,v\n# total, 2, \"\n"}) {
    const Table table = read(same, hashes());
    CHECK(table.columns.names == plain.columns.names);
    CHECK(table.X == plain.X);
    CHECK(table.row == plain.row);
  }
  CHECK(error_of("#\na,class\n1,x\n#\n\n1,2,x\n", hashes()) == ":6: 3 fields where 2 columns are expected");
  CHECK(error_of("# nothing\n#", hashes()) == ": is empty");
}

TEST_CASE("decimal commas: read where they are said, never cut in two, and led to where they are not") {
  const Table table = read("a;b;art\n1,5;-2,5e1;u\n+,5;7;v\n\"1,25\";2;u\n", commas());
  CHECK(table.X == (Matrix(3, 2) << 1.5, -25, .5, 7, 1.25, 2).finished());
  CHECK(read("1,5\n2,5\n", commas(), unlabeled()).X == (Matrix(2, 1) << 1.5, 2.5).finished());
  ReadOptions both = commas();
  both.dialect.delimiter = ',';
  CHECK(read("\"1,5\",2,u\n3,\"4,5\",v\n", both).X == (Matrix(2, 2) << 1.5, 2, 3, 4.5).finished());
  CHECK(read("\"a\",\"b\",\"class\"\n\"1,5\",\"2,5\",\"u\"\n\"2,5\",\"1\",\"u\"\n", commas()).X ==
        (Matrix(2, 2) << 1.5, 2.5, 2.5, 1).finished());
  CHECK(error_of("a;b\n1,5;u\n1.5;v\n", commas()) == ":3: column 1 (a): '1.5' is not a number with a decimal comma");

  const std::string led = "' is not a number: decimal comma? --decimal ,";
  CHECK(error_of("a;b;art\n1,5;2,5;u\n") == ":2: column 1 (a): '1,5" + led);
  CHECK(error_of("a;b;art\n1;2;u\n1;2,5;u\n") == ":3: column 2 (b): '2,5" + led);
  CHECK(error_of("5,1;3,5;u\n4,9;3,1;v\n") == ":1: column 1: '5,1" + led);
  CHECK(error_of("1,5;u\n2,5;v\n") == ":1: column 1: '1,5" + led);
  CHECK(error_of("1,5;2,25\n2,5;1,75\n", {}, unlabeled()) == ":1: column 1: '1,5" + led);
  CHECK(error_of("\"1,5\",u\n") == ":1: column 1: '1,5" + led + " -d ,");
  for (const ReadOptions& options : {ReadOptions{}, commas()}) {  // no label by mistake
    CHECK(error_of("1;2,25\n2;1,75\n", options).starts_with(": column 2 holds 2,25: is it a label?"));
  }
}

TEST_CASE("digits grouped by thousands are refused as such") {
  const std::string said = " is not a number: digits are not to be grouped by thousands";
  CHECK(error_of("a,b\n\"1,234.5\",u\n") == ":2: column 1 (a): '1,234.5'" + said);
  CHECK(error_of("a,b\n1,u\n1 234 567,u\n") == ":3: column 1 (a): '1 234 567'" + said);
  CHECK(error_of("a;b\n1;u\n1.234,5;u\n", commas()) == ":3: column 1 (a): '1.234,5'" + said);
  CHECK(error_of("a,b\n1,u\n1 23,u\n") == ":3: column 1 (a): '1 23' is not a number");
}

TEST_CASE("missing values: what the list says, and rows of delimiters alone are passed over") {
  const std::string text = "a,b,class\n1,2,x\n,,\nNULL,<NA>,y\n5,None,x\n3,4,\n6,7,y\n";
  CHECK(error_of(text) == ":3: column 1 (a): is empty: --missing skip or mean");
  CHECK(error_of("class,a\nx,1\n,\n", {}, [] {
          ColumnRequest request;
          request.label = "class";
          return request;
        }()) == ":3: column 1 (class): the label is empty: --missing skip");
  const Table table = read(text, {.missing = MissingField::skip_row});
  CHECK(table.row == std::vector<Index>{1, 6});
  CHECK(table.rows_read == 6);
  CHECK(table.classes == std::vector<std::string>{"x", "y"});
  ReadOptions own{.missing = MissingField::skip_row};
  own.dialect.na = {"-999", "none"};
  CHECK(read("-999,2,x\n1,none,x\n1,-999.0,x\n3,4,y\n", own).row == std::vector<Index>{4});
  CHECK(error_of("a,class\n1,x\nNA,y\n", own) == ":3: column 1 (a): 'NA' is not a number");
}

TEST_CASE("opening: whatever the block size, one delimiter and one error") {
  std::string text = "size (a, b, c);class\n";
  for (int i = 0; i < 200; ++i) text += std::to_string(i) + ";\"" + (i % 2 ? "u" : "v\n") + "\"\n";
  const Table whole = read(text);
  CHECK(whole.rows() == 200);
  for (const std::size_t size : {1, 7, 64, 1000}) {
    ReadOptions options;
    options.block_size = size;
    CHECK(read(text, options).X == whole.X);
    CHECK(error_of(text + "1;\"2\n", options) == ":302: column 2: a quote opened in this record is never closed");
  }
}
