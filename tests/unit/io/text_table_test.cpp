#include "io/text/text_table.hpp"

#include <doctest/doctest.h>

using namespace maha;
using namespace maha::io;

TEST_CASE("text_table: first column left, others right, widths in characters, nothing behind the last") {
  CHECK(text_table({{"class", "rows"}, {"é", "1"}, {"Grün", "1234567"}}) ==
        "class     rows\n"
        "é            1\n"
        "Grün   1234567\n");
  CHECK(text_table({{"alone"}, {"a", "b"}}) == "alone\na      b\n");
  CHECK(text_table({}) == "");
}

TEST_CASE("text_table: no entry makes a line of its own, speaks to the terminal, or fills the screen") {
  CHECK(text_table({{"a\nrank: 7", "\x1b[2J"}, {"b", "1"}}) ==
        "a\\nrank: 7  \\x1b[2J\n"
        "b                 1\n");
  CHECK(text_table({{std::string(100000, 'x')}}).size() < 1100);
}
