#include "io/text/report_text.hpp"

#include <doctest/doctest.h>

#include <vector>

using namespace maha;
using namespace maha::io;

TEST_CASE("a report for people: lines, numbers to 6 digits, of a vector the first eight") {
  CHECK(format_lines(Report().set("x", 1.0 / 3).set("on", true).set("v", std::vector<double>(9, 0.5))) ==
        "x: 0.333333\non: yes\nv: 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5 ... (9 in all)\n");
}

TEST_CASE("a report for people: as a table, the words of a key apart") {
  CHECK(report_text(Report().set("best_error", 1e-7 / 3).set("pairs", 12).set("of", "iris")) ==
        "best error  3.33333e-08\npairs                12\nof                 iris\n");
}
