#include "data/csv/dialect.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;
using namespace maha::data;

namespace {

double number(const CsvDialect& dialect, std::string_view text) {
  double value = 0;
  REQUIRE(FieldReader(dialect).number(text, value));
  return value;
}

}  // namespace

TEST_CASE("dialect: numbers with a decimal point, numbers with a decimal comma") {
  CsvDialect points, commas;
  commas.decimal = ',';
  CHECK(number(points, "-1.5e3") == -1500);
  CHECK(number(commas, "-1,5e3") == -1500);
  CHECK(number(commas, "+,25") == .25);
  CHECK(number(commas, "7") == 7);
  const FieldReader pointed(points), comma(commas);
  for (const char* text : {"1,5", "1,2,3", "1 5", "x", ""}) CHECK_FALSE(pointed.is_number(text));
  for (const char* text : {"1.5", "1,2,3", "1.234,5", "x", ""}) CHECK_FALSE(comma.is_number(text));
  CHECK(pointed.has_other_mark("1,5"));
  CHECK(comma.has_other_mark("1.5"));
  for (const char* text : {"1", "x", "1,2,3", "", "NA"}) {
    CHECK_FALSE(pointed.has_other_mark(text));
    CHECK_FALSE(comma.has_other_mark(text));
  }
}

TEST_CASE("dialect: what stands for a missing value is said by a list, numbers among it by their value") {
  const FieldReader usual({});
  for (const char* text : {"", "NA", "NaN", "nan", "N/A", "n/a", "NULL", "null", "None", "<NA>", "?"}) {
    CHECK(usual.is_missing(text));
    CHECK_FALSE(usual.is_number(text));
  }
  for (const char* text : {"-", "none", "x", "0", "-999"}) CHECK_FALSE(usual.is_missing(text));
  CsvDialect dialect;
  dialect.na = {"-999", ".", "NaN"};
  const FieldReader reader(dialect);
  for (const char* text : {"", "-999", "-999.0", "-9.99e2", ".", "NaN"}) CHECK(reader.is_missing(text));
  for (const char* text : {"NA", "?", "999", "-998"}) CHECK_FALSE(reader.is_missing(text));
  CHECK(reader.is_missing_number(-999));
  CHECK_FALSE(usual.has_missing_numbers());
}

TEST_CASE("dialect: a delimiter or a mark of comments that numbers are made of is refused") {
  for (const char c : std::string("09.+-eEnafx\"\n\r\xe9")) CHECK(why_no_delimiter(c) != nullptr);
  CHECK(why_no_delimiter('\0') != nullptr);
  for (const char c : std::string(",;\t |:/#_~\x1f")) CHECK(why_no_delimiter(c) == nullptr);
  for (const char* mark : {"", "1", "-", "+1", ".", ",", "\"", " #", "\t", "n", "#\n"}) {
    CHECK(why_no_comment(mark) != nullptr);
  }
  for (const char* mark : {"#", "%", "//", "sep=", ";", "@"}) CHECK(why_no_comment(mark) == nullptr);
  const auto refused = [](char delimiter, const std::string& comment) {
    CsvDialect dialect;
    dialect.delimiter = delimiter;
    dialect.comment = comment;
    try {
      check(dialect);
      return false;
    } catch (const UsageError&) {
      return true;
    }
  };
  CHECK(refused('e', ""));
  CHECK(refused(';', "1"));
  CHECK(refused(';', ";;"));
  CHECK(refused(';', "?"));  // which stands for a missing value
  CHECK_FALSE(refused(';', "#"));
  CHECK_FALSE(refused(0, ""));
}
