#include "core/machine/parallel.hpp"

#include <doctest/doctest.h>

#include <atomic>

#include "core/error.hpp"

using namespace maha;

TEST_CASE("every tile runs once, on any number of threads") {
  for (const int count : {1, 2, 3, 8}) {
    const Threads threads(count);
    for (const Index tiles : {0, 1, 2, 7, 1000}) {
      std::vector<std::atomic<int>> runs(static_cast<std::size_t>(tiles));
      threads.for_tiles(tiles, [&](Index t) { ++runs[static_cast<std::size_t>(t)]; });
      for (const auto& r : runs) CHECK(r == 1);
    }
  }
}

TEST_CASE("sums come out with the same bits on any number of threads") {
  const auto sum = [](int count) {
    double total = 0;
    Threads(count).sum_ranges(100000, 97, total, [](Index begin, Index end) {
      double part = 0;
      for (Index i = begin; i < end; ++i) part += 1.0 / static_cast<double>(i + 1);
      return part;
    });
    return total;
  };
  const double alone = sum(1);
  CHECK(alone == doctest::Approx(12.090146129863428).epsilon(1e-14));
  for (const int count : {2, 3, 5}) CHECK(sum(count) == alone);
}

TEST_CASE("the exception of the lowest tile reaches the caller, and the pool lives on") {
  const Threads threads(4);
  for (int round = 0; round < 20; ++round) {
    try {
      threads.for_tiles(50, [](Index t) {
        if (t % 10 == 7) throw InputError(std::to_string(t));
      });
      FAIL("nothing was thrown");
    } catch (const InputError& e) {
      CHECK(std::string(e.what()) == "7");
    }
  }
}

TEST_CASE("a loop within a tile runs in its own thread") {
  const Threads threads(2);
  std::atomic<int> runs{0};
  threads.for_tiles(4, [&](Index) { threads.for_tiles(5, [&](Index) { ++runs; }); });
  CHECK(runs == 20);
}

TEST_CASE("more threads than can be had are as many as can be had") {
  const Threads threads(1000000);
  CHECK(threads.count() >= 1);
  CHECK(threads.count() <= 1024);
  std::atomic<int> runs{0};
  threads.for_tiles(100, [&](Index) { ++runs; });
  CHECK(runs == 100);
}

TEST_CASE("no threads is an error") { CHECK_THROWS_AS(Threads(0), InputError); }
