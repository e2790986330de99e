#include "core/report.hpp"

#include <doctest/doctest.h>

#include "core/types.hpp"

using namespace maha;

TEST_CASE("a report keeps the kind and the order of what is set") {
  Report report;
  report.set("gap", 0.5).set("rows", Index{3}).set("converged", true).set("name", "mmc").set("rows", std::size_t{4});
  REQUIRE(report.entries().size() == 4);
  CHECK(std::get<double>(*report.find("gap")) == 0.5);
  CHECK(std::get<std::int64_t>(*report.find("rows")) == 4);
  CHECK(std::get<bool>(*report.find("converged")));
  CHECK(std::get<std::string>(*report.find("name")) == "mmc");
  CHECK(report.entries()[1].first == "rows");
  CHECK(report.find("bound") == nullptr);
}

TEST_CASE("a report of many keys finds each, and sets it in its place") {
  Report report;
  for (int i = 0; i < 100; ++i) {
    CHECK(report.find("key" + std::to_string(i)) == nullptr);
    report.set("key" + std::to_string(i), i);
    report.set("key" + std::to_string(i / 2), i / 2);  // as it is
  }
  REQUIRE(report.entries().size() == 100);
  for (int i = 0; i < 100; ++i) {
    CHECK(report.entries()[static_cast<std::size_t>(i)].first == "key" + std::to_string(i));
    CHECK(std::get<std::int64_t>(*report.find("key" + std::to_string(i))) == i);
    report.set("key" + std::to_string(i), -i);
    CHECK(std::get<std::int64_t>(report.entries()[static_cast<std::size_t>(i)].second) == -i);
  }
  CHECK(report.find("key") == nullptr);
}
