/// CSV files as people have them, where it takes a tool of its own to show it.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

TEST_CASE("csv: a column is called by name whatever is in the name") {
  const Sandbox box;
  box.write("x.csv", "\"Height (cm, shod)\",b,\"cl,ass\",\"say \"\"b\"\"\"\n1,2,u,3\n2,3,v,4\n5,5,u,4\n3,2,v,9\n");
  const std::string expected = box.run("maha-cov --within --label 3 --drop 1,4 x.csv").out;
  CHECK(contains(expected, "\"label\": \"cl,ass\""));
  for (const char* same : {"'\"Height (cm, shod)\",\"say \"\"b\"\"\"'", "'\"Height (cm, shod)\"' --drop -1",
                           "'say \"b\",\"Height (cm, shod)\"'", "'say \"b\",Height (cm, shod)'"}) {
    CHECK(box.run("maha-cov --within --label 'cl,ass' x.csv --drop " + std::string(same)).out == expected);
  }
  check_refused(box.run("maha-cov --drop '\"b' x.csv"), 2, "maha-cov: --drop: a quote in '\"b' is never closed");
}
