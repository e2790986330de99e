#include "data/csv/sniffer.hpp"

#include <doctest/doctest.h>

using namespace maha;
using namespace maha::data;

namespace {

char sniffed(std::string_view text, char decimal = '.') {
  CsvDialect dialect;
  dialect.decimal = decimal;
  return sniff_delimiter(text, dialect);
}

}  // namespace

TEST_CASE("sniffing: the delimiter that cuts the first records alike") {
  CHECK(sniffed("a,b\n1,2\n") == ',');
  CHECK(sniffed("a;b\n1;2\n") == ';');
  CHECK(sniffed("a\tb\n1\t2\n") == '\t');
  CHECK(sniffed("\n  \na;b\n1;2\n") == ';');
  CHECK(sniffed("alone\n1\n") == ',');
  CHECK(sniffed("\n") == ',');
  // a first line that has more of another mark
  CHECK(sniffed("size (cm, shoes off, am);weight (kg, am);age\n170;60;30\n180;75;35\n") == ';');
  CHECK(sniffed("name; with, commas\tage\nann\t30\nbob\t40\n") == '\t');
  CHECK(sniffed("a,b,c;d\n1,2,x;y\n3,4,z\n") == ',');
  // rows that do not fit are no reason against the delimiter of the others
  CHECK(sniffed("a;b;c\n1;2\n3;4;5\n6;7;8\n") == ';');
  CHECK(sniffed("a,b,c\n1,2\n") == ',');
  CHECK(sniffed("title\na,b,c\n1,2,3\n") == ',');
  CHECK(sniffed("title\na;b\n1;2\n") == ';');
}

TEST_CASE("sniffing: fields are cut as reading cuts them") {
  CHECK(sniffed("width 5\"\tlength\tclass\n1\t2\tu\n") == '\t');  // a quote in a field is text
  CHECK(sniffed("width 5\";length;class\n1;2;u\n") == ';');
  CHECK(sniffed("a;b 5\"\n1;2\n3;4\n") == ';');
  CHECK(sniffed("\"a;b;c;d\",e\n\"1;1\",2\n") == ',');  // a quoted one hides what it holds
  CHECK(sniffed("\"a\n;;;\",e\n1,2\n") == ',');
  CHECK(sniffed(" \"a,b,c\" ;\"d\"\n1;2\n") == ';');
  CHECK(sniffed("\"never closed;a;b\n1,2\n") == ',');
}

TEST_CASE("sniffing: commas that only stand in numbers are decimal commas") {
  CHECK(sniffed("1,5;u\n2,5;v\n") == ';');
  CHECK(sniffed("1,5;2,25\n2,5;1,75\n") == ';');
  CHECK(sniffed("5,1;3,5;u\n4,9;3,1;v\n") == ';');
  CHECK(sniffed("-0,5;+1,5e3;,5\n1;2,5;3\n") == ';');
  CHECK(sniffed("1.234,5;u\n2.345,6;v\n") == ';');
  CHECK(sniffed("1,5\tu\n2,5\tv\n") == '\t');
  CHECK(sniffed("1,5;a,b\n2,5;c,d\n") == ';');
  CHECK(sniffed("1,2,a;b\n3,4,c;d\n") == ',');  // here they part fields
  CHECK(sniffed("1,x;y\n2,x;z\n") == ',');
  CHECK(sniffed("1,5\n2,5\n") == ',');
  // said to be decimal, a comma is none
  CHECK(sniffed("a,b;c,d\n1;2\n", ',') == ';');
  CHECK(sniffed("1,5\tu\n2,5\tv\n", ',') == '\t');
  CHECK(sniffed("1,5\n2,5\n", ',') == ';');
  CHECK(sniffed("\"1,5\",2\n3,\"2,5\"\n", ',') == ',');  // but for those outside of quotes
  CHECK(sniffed("\"1,5\";2\n3;\"2,5\"\n", ',') == ';');
  CHECK(sniffed("\"1,5\",2\n3,5,4\n", ',') == ';');
  CHECK(sniffed("a,b\n1,2\n", ',') == ';');
}

TEST_CASE("sniffing: comments have no say, and a record that is cut off at the end has none") {
  CsvDialect dialect;
  dialect.comment = "#";
  CHECK(sniff_delimiter("# a, b, c\na;b\n  # , ,\n1;2\n", dialect) == ';');
  CHECK(sniffed("a;b;c,d\n1;2;3\n4;5;6\n7;\"8,,,,\n") == ';');
}
