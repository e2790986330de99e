#include "plot/text.hpp"

#include <doctest/doctest.h>

#include "data/characters.hpp"

using namespace maha;

TEST_CASE("text for gnuplot: single quotes hold everything but themselves") {
  CHECK(quoted("it's") == "'it''s'");
  CHECK(quoted("a_b^{c} \"d\" `ls` $x @y \\n %s") == "'a_b^{c} \"d\" `ls` $x @y \\n %s'");
  CHECK(quoted("two\nlines\tand\x7f") == "'two lines and '");
}

TEST_CASE("text for gnuplot: long texts are cut at characters, not at bytes") {
  CHECK(character_count("größe") == 5);
  CHECK(shown_text("größe", 5) == "größe");
  CHECK(shown_text("größer", 4) == "größ…");
}
