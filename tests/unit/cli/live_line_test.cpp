#include "cli/live_line.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace maha::cli;

TEST_CASE("a live line has the first fields that there is room for, and leaves the last column free") {
  const std::vector<std::string> fields = {"gap 0.01", "about 2 s left", "iteration 1234", "x"};
  CHECK(live_text("maha-lmnn", fields, 100) == "maha-lmnn: gap 0.01, about 2 s left, iteration 1234, x");
  CHECK(live_text("maha-longer-name", fields, 60) == "maha-longer-name: gap 0.01, about 2 s left, iteration 1234");
  CHECK(live_text("maha-lmnn", fields, 59) == "gap 0.01, about 2 s left, iteration 1234, x");
  CHECK(live_text("maha-lmnn", fields, 41) == "gap 0.01, about 2 s left, iteration 1234");
  CHECK(live_text("maha-lmnn", fields, 40) == "gap 0.01, about 2 s left");
  CHECK(live_text("maha-lmnn", fields, 8) == "gap 0.0");
  CHECK(live_text("maha-lmnn", fields, 1) == "");
  CHECK(live_text("maha-lmnn", fields, 0) == "");
  CHECK(live_text("maha-lmnn", {}, 80) == "maha-lmnn: ");
}

TEST_CASE("a live line counts columns, not bytes, and shows nothing that would move the cursor") {
  CHECK(live_text("t", {"\u4e00\u4e01\u4e02"}, 6) == "\u4e00\u4e01");
  CHECK(live_text("t", {"\u00e9\u00e9\u00e9", "a"}, 7) == "\u00e9\u00e9\u00e9, a");
  CHECK(live_text("t", {"a\nb\x1b[2J"}, 30) == "a\\nb\\x1b[2J");
}

TEST_CASE("a duration is told in two figures or so") {
  CHECK(duration(0.4) == "0 s");
  CHECK(duration(99.4) == "99 s");
  CHECK(duration(100) == "2 min");
  CHECK(duration(99 * 60) == "99 min");
  CHECK(duration(7500) == "2 h 5 min");
}
