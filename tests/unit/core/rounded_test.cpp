#include "core/text/rounded.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <string>

using namespace maha;

TEST_CASE("rounded: a few digits, but none before the point is lost") {
  CHECK(rounded(0.1 + 0.2) == "0.3");
  CHECK(rounded(1.0 / 3) == "0.3333");
  CHECK(rounded(6.8123e-7, 2) == "6.8e-07");
  CHECK(rounded(-23514.49) == "-23514");
  CHECK(rounded(23514.5001) == "23515");
  CHECK(rounded(9999.96) == "10000");
  CHECK(rounded(99999.6) == "100000");
  CHECK(rounded(999.6) == "999.6");
  CHECK(rounded(999.96) == "1000");
  CHECK(rounded(123456789.4) == "123456789");
  CHECK(rounded(1234567891.0) == "1.235e+09");
  CHECK(rounded(0) == "0");
  CHECK(rounded(12.0) == "12");
  CHECK(rounded(std::numeric_limits<double>::infinity()) == "inf");
  CHECK(rounded(1e-300) == "1e-300");
}
