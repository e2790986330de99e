#include "linalg/units.hpp"

#include <doctest/doctest.h>

#include <cmath>

#include "core/error.hpp"

using namespace maha;
using namespace maha::linalg;

TEST_CASE("common sizes have the unit 1, others the power of two below them") {
  for (const double size : {0.0, 1.0, 1e-75, 1e75}) CHECK(unit_of(size) == 1);
  CHECK(unit_of(0x1.8p600) == 0x1p600);
  CHECK(unit_of(0x1.8p-600) == 0x1p-600);
  CHECK(unit_of(5e-324) == 5e-324);
  CHECK(unit_of(3, 0) == 2);
}

TEST_CASE("rows are measured by the column that varies most, if none that varies is lost by that") {
  CHECK(unit_of_rows((Matrix(2, 2) << 1, 2, 3, 4).finished()) == 1);
  CHECK(unit_of_rows((Matrix(2, 2) << 0, 7, 0x1p600, 7).finished()) == 0x1p600);
  CHECK(unit_of_rows((Matrix(2, 1) << -1.7e308, 1.7e308).finished()) == 0x1p1023);
  CHECK_THROWS_WITH_AS(unit_of_rows((Matrix(2, 2) << 0, 1e-200, 1, 2e-200).finished()),
                       "feature 2 varies by 1e-200 and feature 1 by 1: too unlike for squares of both; --standardize "
                       "makes them alike",
                       InputError);
  CHECK_THROWS_AS(unit_of_rows((Matrix(2, 2) << 1e308, 1, 1e308, 2).finished()), InputError);
}
