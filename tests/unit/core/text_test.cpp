#include "core/text/text.hpp"

#include <doctest/doctest.h>

using namespace maha;

TEST_CASE("what is no visible character is spelled out, all else stays") {
  CHECK(printable("sepal width, µm, ½, 花, 🌸, \\n, '\"") == "sepal width, µm, ½, 花, 🌸, \\n, '\"");
  CHECK(printable("a\nb\tc\r") == "a\\nb\\tc\\r");
  CHECK(printable("\x1b]0;title\x07\x7f") == "\\x1b]0;title\\x07\\x7f");
  CHECK(printable(std::string_view("\0", 1)) == "\\x00");
  CHECK(printable("\xe9t\xe9") == "\\xe9t\\xe9");  // Latin-1
  CHECK(printable("\xc2\x9b"
                  "31m \x9b"
                  "31m") == "\\u009b31m \\x9b31m");  // CSI of eight bits
  CHECK(printable("\xe2\x80\xae \xe2\x80\xa8 \xef\xbb\xbf") == "\\u202e \\u2028 \\ufeff");
  CHECK(printable("\xc0\x8a \xed\xa0\x80 \xe2\x82") ==
        "\\xc0\\x8a \\xed\\xa0\\x80 \\xe2\\x82");  // overlong, surrogate, cut
  CHECK(printable(printable("\x1b\n\xff")) == printable("\x1b\n\xff"));
}

TEST_CASE("a long text is cut between characters, and its size told") {
  CHECK(shown("short") == "short");
  CHECK(shown("äöü", 3) == "äöü");
  CHECK(shown("äöüß", 3) == "äöü... (8 bytes)");
  CHECK(in_quotes("") == "''");
  CHECK(in_quotes(std::string(60, 'x')) == "'" + std::string(60, 'x') + "'");
  CHECK(in_quotes(std::string(3000000, 'x')) == "'" + std::string(60, 'x') + "...' (3000000 bytes)");
  CHECK(in_quotes("a\nb") == "'a\\nb'");
  CHECK(listing({"a", "b\n"}) == "a, b\\n");
  CHECK(listing(std::vector<std::string>(25, "x")).ends_with("x, x, ... (25 in all)"));
}
