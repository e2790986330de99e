#include "plot/text.hpp"

#include <doctest/doctest.h>

#include "core/text/characters.hpp"

using namespace maha;
using namespace maha::plot;

TEST_CASE("text for gnuplot: nothing in a string means anything to it") {
  CHECK(quoted("a_b^{c} (x); <&> %d ~ größe") == "\"a_b^{c} (x); <&> %d ~ größe\"");
  CHECK(quoted("it's \"d\" `ls` $x @y \\n #") == "\"it\\047s \\042d\\042 \\140ls\\140 \\044x \\100y \\134n \\043\"");
  CHECK(quoted("two\nlines\tand\x7f\r") == "\"two lines and  \"");
  CHECK(quoted_format("50% `x`") == "\"50%% \\140x\\140\"");
  CHECK(quoted_format(std::string(71, 'a') + "%%").ends_with("a%%…\""));  // cut before, so that no % stands alone
}

TEST_CASE("text for gnuplot: UTF-8 that XML may hold, whatever comes in") {
  CHECK(shown_text("caf\xe9 \xff\xfe") == "caf\uFFFD \uFFFD\uFFFD");
  CHECK(shown_text("\xc3") == "\uFFFD");                                          // cut off
  CHECK(shown_text("\xc0\xaf\xe0\x80\xaf") == "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");  // longer than they have to be
  CHECK(shown_text("\xed\xa0\x80") == "\uFFFD\uFFFD\uFFFD");                      // half of a pair
  CHECK(shown_text("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");            // beyond the last
  CHECK(shown_text("\xef\xbf\xbe|\xef\xbf\xbf") == "\uFFFD|\uFFFD");              // no characters
  CHECK(shown_text("\x01\xc2\x85|") == "  |");
  CHECK(shown_text("größe 漢 😀") == "größe 漢 😀");
}

TEST_CASE("text for gnuplot: long texts are cut at characters, not at bytes") {
  CHECK(character_count("größe") == 5);
  CHECK(shown_text("größe", 5) == "größe");
  CHECK(shown_text("größer", 4) == "größ…");
}
