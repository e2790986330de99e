/// Rows that are mapped where they stand: they take none of the process's memory, and what becomes of their file
/// meanwhile is told.

#include <doctest/doctest.h>

#include <cstdint>

#include "harness.hpp"
#include "npy.hpp"

using namespace maha::test;

namespace {

/// n rows of d numbers.
std::string some_rows(int n, int d) {
  std::vector<double> numbers;
  std::uint64_t state = 1;
  for (int i = 0; i < n * d; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    numbers.push_back(static_cast<double>(state >> 40) / 1000);
  }
  return npy("(" + std::to_string(n) + ", " + std::to_string(d) + ")", numbers);
}

/// A search whose reference rows are cut to `left` bytes after they were mapped: the rows to be answered come through a
/// pipe, which is opened by then.
std::string search_while_cut(int left) {
  return "mkfifo late; cp whole.npy rows.npy; "
         "(exec 3> late; truncate -s " +
         std::to_string(left) +
         " rows.npy; cat few.csv >&3) & "
         "maha-neighbors -q -k 1 -n --unlabeled --train rows.npy late -o old; status=$?; wait; rm late; exit $status";
}

}  // namespace

TEST_CASE("mapped rows: a file that is cut short while it is searched is told of, and no output replaced") {
  const Sandbox box;
  box.write("whole.npy", some_rows(2000, 10));
  box.write("few.csv", "1,2,3,4,5,6,7,8,9,10\n");
  box.write("old", "old\n");
  // Pages that are gone; and a page that is there in part, which reads as zeros.
  for (const int left : {128, 5000, 128 + 2000 * 80 - 8}) {
    CAPTURE(left);
    check_refused(box.run(search_while_cut(left)), 1, "rows.npy: was cut short while it was read");
    CHECK(box.read("old") == "old\n");
    CHECK(box.files() == std::vector<std::string>{"few.csv", "old", "rows.npy", "whole.npy"});
  }
  CHECK(box.run(search_while_cut(128 + 2000 * 80)).status == 0);  // not cut
  CHECK(lines(box.read("old")).size() == 2);
}

TEST_CASE("mapped rows: a file that takes the name of the other while that is read changes nothing") {
  const Sandbox box;
  box.write("whole.npy", some_rows(2000, 10));
  box.write("few.csv", "1,2,3,4,5,6,7,8,9,10\n");
  const std::string search = "maha-neighbors -q -k 2 -n --unlabeled --train rows.npy ";
  CHECK(box.run("cp whole.npy rows.npy; " + search + "few.csv -o expected").status == 0);
  CHECK(box.run("mkfifo late; (exec 3> late; cp few.csv other; mv other rows.npy; cat few.csv >&3) & " + search +
                "late -o found; status=$?; wait; exit $status")
            .status == 0);
  CHECK(box.read("found") == box.read("expected"));
}

#ifndef MAHA_SANITIZED  // sanitizers take memory themselves
TEST_CASE("mapped rows: they need no memory, and none is taken for filters that it does not suffice for") {
  const Sandbox box;
  box.write("rows.npy", some_rows(1000000, 8));  // 64 MB
  box.write("queries.npy", some_rows(40, 8));    // enough for filters, which would keep 126 MB
  const std::string search = "maha-neighbors -q -j 1 -k 2 --unlabeled --train rows.npy queries.npy ";
  const Outcome limited = box.run("ulimit -d 50000; " + search);
  CHECK(limited.status == 0);
  CHECK(limited.out == box.run(search).out);
  CHECK(lines(limited.out).size() == 81);
  check_refused(
      box.run("ulimit -d 50000; gzip -1 < rows.npy > packed; " + std::string("maha-neighbors -q -j 1 -k 2 "
                                                                             "--unlabeled --train packed queries.npy")),
      1, "not enough memory");
}
#endif

TEST_CASE("mapped rows: learners write what they write of CSV, also in the place of the rows themselves") {
  const Sandbox box;
  CHECK(box.run("maha-convert --unlabeled --drop class datasets/wine.csv -o rows.npy && "
                "cut -d, -f14 datasets/wine.csv > labels.csv")
            .status == 0);
  CHECK(box.run("maha-convert --unlabeled rows.npy -o rows.csv").status == 0);
  for (const std::string tool : {"maha-lmnn", "maha-nca", "maha-siamese --epochs 2", "maha-triplet --epochs 2",
                                 "maha-lfda", "maha-anmm", "maha-rca", "maha-mcml --max-iterations 5"}) {
    CAPTURE(tool);
    const auto fit = [&](const std::string& rows) {
      const Outcome of = box.run(tool + " -q -n --labels labels.csv " + rows);
      CHECK(of.status == 0);
      return of.out;
    };
    const std::string from_csv = fit("rows.csv");
    CHECK(fit("rows.npy") == from_csv);
    CHECK(from_csv != "");
  }
  CHECK(box.run("maha-lmnn -q rows.npy --labels labels.csv -o model.json").status == 0);
  CHECK(box.run("maha-lmnn -q rows.npy --labels labels.csv -o rows.npy").status == 0);
  CHECK(box.read("rows.npy") == box.read("model.json"));
}
