#include "data/text_table.hpp"

#include <doctest/doctest.h>

using namespace maha;

TEST_CASE("text_table: first column left, others right, widths in characters, nothing behind the last") {
  CHECK(text_table({{"class", "rows"}, {"é", "1"}, {"Grün", "1234567"}}) ==
        "class     rows\n"
        "é            1\n"
        "Grün   1234567\n");
  CHECK(text_table({{"alone"}, {"a", "b"}}) == "alone\na      b\n");
  CHECK(text_table({}) == "");
}
