#include "core/machine/memory.hpp"

#include <doctest/doctest.h>

#include "core/error.hpp"

using namespace maha;

TEST_CASE("what no machine has is refused, with how much it would take") {
  CHECK_NOTHROW(require_memory(1e6, "a small thing"));
  try {
    require_memory(16 * square_matrix_bytes(1e8), "a huge thing");
    FAIL("nothing was thrown");
  } catch (const InputError& e) {
    CHECK(std::string(e.what()).rfind("a huge thing needs 1280000000 GB of memory, and there are ", 0) == 0);
  }
}
