#include "core/rows_by_class.hpp"

#include <doctest/doctest.h>

using namespace maha;

using Lists = std::vector<std::vector<Index>>;

TEST_CASE("rows by class: in their order, a list for each id up to the largest") {
  CHECK(rows_by_class({2, 0, 2, 0, 3}) == Lists{{1, 3}, {}, {0, 2}, {4}});
  CHECK(rows_by_class({}).empty());
}

TEST_CASE("class sizes: one for each id up to the largest") {
  CHECK(class_sizes({2, 0, 2, 0, 3}) == std::vector<Index>{2, 0, 2, 1});
  CHECK(class_sizes({}).empty());
}

TEST_CASE("rows by class: of some rows, as they are listed") {
  CHECK(rows_by_class({2, 0, 2, 0, 3}, {2, 3, 0}) == Lists{{3}, {}, {2, 0}});
  CHECK(rows_by_class({2, 0}, {}).empty());
}
