#include "core/random.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <numeric>

using namespace maha;

TEST_CASE("splitmix64 and xoshiro256** as their authors' reference programs compute them") {
  Random random(0);  // splitmix64 of 0: e220a8397b1dcdaf 6e789e6aa1b965f4 06c45d188009454f f88bb8a8724c81ec
  CHECK(random.next() == 0x99ec5f36cb75f2b4u);
  CHECK(random.next() == 0xbf6e1f784956452au);
  CHECK(random.next() == 0x1a5f849d4933e6e0u);
}

TEST_CASE("uniform numbers lie in [0, 1) with mean 1/2; below(n) hits all of [0, n) evenly") {
  Random random(42);
  double sum = 0;
  for (int i = 0; i < 100000; ++i) {
    const double u = random.uniform();
    REQUIRE(u >= 0);
    REQUIRE(u < 1);
    sum += u;
  }
  CHECK(sum / 100000 == doctest::Approx(0.5).epsilon(0.01));
  std::vector<int> hits(7, 0);
  for (int i = 0; i < 70000; ++i) ++hits[static_cast<std::size_t>(random.below(7))];
  for (const int h : hits) CHECK(std::abs(h - 10000) < 400);
}

TEST_CASE("shuffle permutes, and equal seeds agree") {
  std::vector<int> a(100), b(100);
  std::iota(a.begin(), a.end(), 0);
  b = a;
  const auto sorted = a;
  Random(7).shuffle(a);
  Random(7).shuffle(b);
  CHECK(a == b);
  CHECK(a != sorted);
  std::sort(b.begin(), b.end());
  CHECK(b == sorted);
}

TEST_CASE("rows are drawn without replacement, in their order; all of them if no more are there") {
  const std::vector<Index> some = draw_rows(100, 10, Random(1));
  REQUIRE(some.size() == 10);
  CHECK(std::adjacent_find(some.begin(), some.end(), std::greater_equal<>()) == some.end());
  CHECK(some.front() >= 0);
  CHECK(some.back() < 100);
  CHECK(some == draw_rows(100, 10, Random(1)));
  CHECK(some != draw_rows(100, 10, Random(2)));
  CHECK(draw_rows(3, 5, Random(1)) == std::vector<Index>{0, 1, 2});
}
