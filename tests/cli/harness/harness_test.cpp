#include "harness.hpp"

#include <doctest/doctest.h>

using namespace maha::test;

TEST_CASE("harness: stdin goes in; stdout, stderr and status come out, each apart") {
  const Sandbox box;
  const Outcome run = box.run("tr a-z A-Z; echo trouble >&2; exit 3", "one\ntwo\n");
  CHECK(run.out == "ONE\nTWO\n");
  CHECK(run.err == "trouble\n");
  CHECK(run.status == 3);
}

TEST_CASE("harness: a pipeline fails with its last failing part, a signal is 128 + its number") {
  const Sandbox box;
  CHECK(box.run("false | true").status == 1);
  CHECK(box.run("kill -TERM $$").status == 128 + 15);
}

TEST_CASE("harness: much input through a pipe, and input that nobody reads") {
  const Sandbox box;
  const std::string megabyte(1 << 20, 'x');
  CHECK(box.run("wc -c", megabyte).out == std::to_string(megabyte.size()) + "\n");
  CHECK(box.run("true", megabyte).status == 0);
}

TEST_CASE("harness: what hangs is killed with its children") {
  const Sandbox box;
  const auto start = std::chrono::steady_clock::now();
  CHECK(box.run("sleep 50 & sleep 50; echo late", "", std::chrono::milliseconds(200)).status == kTimedOut);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}

TEST_CASE("harness: each directory is fresh, has the data sets, and is gone with its object") {
  std::filesystem::path path;
  {
    const Sandbox box;
    path = box.path();
    CHECK(box.files().empty());
    box.write("a.csv", "1,2\n\r\n");
    CHECK(box.read("a.csv") == "1,2\n\r\n");
    CHECK(box.run("cat a.csv > b.csv; pwd -P").status == 0);
    CHECK(box.files() == std::vector<std::string>{"a.csv", "b.csv"});
    CHECK(box.run("readlink datasets").out == MAHA_SOURCE_DIR "/datasets\n");
    CHECK_THROWS(box.read("absent.csv"));
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("harness: the tools that were built come first on PATH, and no variable of the caller's reaches them") {
  const Sandbox box;
  CHECK(contains(box.run("echo $PATH").out, MAHA_BIN_DIR));
  CHECK(box.run("echo $MAHA_THREADS$OMP_NUM_THREADS").out == "\n");
}

TEST_CASE("harness: a tool that is started without a shell does what it does in one") {
  const Sandbox box;
  box.write("rows.csv", "1,2\n2,1\n4,5\n");
  for (const std::string line : {"maha-cov -n --unlabeled rows.csv -o /dev/stderr", "maha-cov -n --unlabeled -",
                                 "MAHA_THREADS=1,1 MAHA_KERNEL=portable maha-cov rows.csv", "maha-cov absent.csv",
                                 "MAHA_KERNEL=portable  maha-knn  -k 0 rows.csv", "maha-absent"}) {
    const Outcome without = box.run(line, "3,2\n2,1\n4,5\n"),
                  in_shell = box.run("{ " + line + "; }", "3,2\n2,1\n4,5\n");
    CHECK(without.status == in_shell.status);
    CHECK(without.out == in_shell.out);
    CHECK(without.err == in_shell.err);
  }
}
