#include "neighbors/kernels/choice.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "core/error.hpp"

using namespace maha;
using namespace maha::neighbors;

TEST_CASE("a kernel has the name that it is asked for by, and without one it is the fastest of those that run here") {
  const auto here = kernels_here();
  REQUIRE(!here.empty());
  CHECK(here.front() == &neighbors::tile_kernels::portable);
  for (const TileKernel* kernel : here) CHECK(&kernel_named(kernel->name) == kernel);
  CHECK(&kernel_named("") == here.back());
}

TEST_CASE("a kernel that this processor lacks, and a word that is none, are refused in a line") {
  for (const char* word : {"sse", "AVX2", " avx2", "avx512vnni"}) {
    CHECK_THROWS_WITH_AS(
        kernel_named(word),
        ("MAHA_KERNEL: '" + std::string(word) + "' is no kernel; there are portable, avx2, avx512, vnni").c_str(),
        UsageError);
  }
  const auto here = kernels_here();
  for (const std::string name : {"portable", "avx2", "avx512", "vnni"}) {
    const bool runs = std::any_of(here.begin(), here.end(), [&](const TileKernel* k) { return k->name == name; });
    if (runs) continue;
    CHECK_THROWS_AS(kernel_named(name), UsageError);
  }
}
