#include "data/table/named_columns.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"
#include "unit/data/csv_files.hpp"

using namespace maha;
using namespace maha::data;
using maha::test::TempFile;

namespace {

std::string refusal(const std::string& content, const std::string& column) {
  const TempFile file(content);
  try {
    NamedColumns(file.path()).numbers(column);
  } catch (const InputError& e) {
    return std::string(e.what()).substr(file.path().size());
  }
  return "";
}

}  // namespace

TEST_CASE("named columns: numbers and texts by the header's names, whatever is not finite included") {
  const TempFile file("name,gap\r\n\r\n\"a,\n b\",nan\nc,-inf\nd,1e-3\n");
  const NamedColumns columns(file.path());
  CHECK(columns.rows() == 3);
  CHECK(columns.has("gap"));
  CHECK_FALSE(columns.has("bound"));
  CHECK(columns.texts("name") == std::vector<std::string>{"a,\n b", "c", "d"});
  const Vector gap = columns.numbers("gap");
  CHECK(std::isnan(gap(0)));
  CHECK(std::isinf(gap(1)));
  CHECK(gap(2) == 1e-3);
}

TEST_CASE("named columns: what is wrong is told with its place") {
  CHECK(refusal("", "x") == ": is empty");
  CHECK(refusal("x,y\n", "x") == ": has a header and no rows");
  CHECK(refusal("x,y\n1,2\n\n3\n", "x") == ":4: 1 field where 2 columns are expected");
  CHECK(refusal("x,y\n1,2\n", "z") == ": no column 'z'; the columns are x, y");
  CHECK(refusal("x,y\n\"1\n\",2\n3,four\n", "y") == ":4: column 2 (y): 'four' is not a number");
}
