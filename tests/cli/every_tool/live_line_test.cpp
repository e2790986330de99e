/// The line that shows progress on a terminal.

#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"
#include "terminal.hpp"

using namespace maha::test;

namespace {

const std::string kLongFit = "maha-lmnn -j 1 --tolerance 1e-12 -o /dev/null datasets/wdbc.csv --max-seconds ";
const std::string kFit = kLongFit + "2";

std::string joined(const std::vector<std::string>& rows) {
  std::string all;
  for (const std::string& row : rows) all += row;
  return all;
}

/// Checks that all was shown on one row that leaves a column free, and that nothing of it stays but a note.
void check_row(Seen& seen, std::size_t columns) {
  CHECK(seen.outcome.status == 0);
  if (!seen.last.empty()) {
    CHECK(joined(seen.last).starts_with("maha-"));
    CHECK(joined(seen.last).size() < 70);
    seen.screens.pop_back();  // of the note
  }
  CHECK(seen.screens.size() >= 3);
  for (const std::vector<std::string>& rows : seen.screens) {
    CHECK_MESSAGE(rows.size() == 1, rows.front(), " | ", rows.back());
    CHECK_MESSAGE(rows.front().size() < columns, rows.front());
  }
}

/// Whether any line had this.
bool shown(const Seen& seen, const std::string& part) {
  return std::any_of(seen.screens.begin(), seen.screens.end(),
                     [&](const auto& rows) { return contains(rows.front(), part); });
}

}  // namespace

TEST_CASE("live line: one row at any width, the most important first") {
  const Sandbox box;
  for (const std::size_t columns : {5, 40, 80, 100}) {
    CAPTURE(columns);
    Seen seen = watch(box, kFit, {.columns = columns});
    check_row(seen, columns);
    if (columns < 40) continue;
    CHECK(shown(seen, "gap "));
    CHECK(shown(seen, "maha-lmnn: ") == (columns >= 60));
    if (columns >= 60) CHECK(shown(seen, ", iteration "));
    CHECK(shown(seen, ", active ") == (columns >= 100));
  }
}

TEST_CASE("live line: time left has its place in a row of 80 columns, and of 40") {
  const Sandbox box;
  for (const std::size_t columns : {40, 80}) CHECK(shown(watch(box, kLongFit + "4", {.columns = columns}), " s left"));
}

TEST_CASE("live line: what is done before the first iteration") {
  const Sandbox box;
  Seen seen = watch(box, kFit, {.columns = 80});
  CHECK(shown(seen, "maha-lmnn: reading datasets/"));
  CHECK(shown(seen, "maha-lmnn: preparing"));
}

TEST_CASE("live line: one row after the window has become narrower, whether it folds what is on it or cuts it") {
  const Sandbox box;
  for (const bool folds : {false, true}) {
    Seen seen = watch(box, kFit, {.columns = 100, .later = 30, .folds = folds});
    check_row(seen, 100);
    CHECK(seen.screens.back().front().size() < 30);
    CHECK(std::any_of(seen.screens.begin(), seen.screens.end(),
                      [](const auto& screen) { return screen.front().size() >= 60; }));
  }
}

TEST_CASE("live line: a terminal that does not say how wide it is has 80 columns, and is not taken at its word") {
  const Sandbox box;
  Seen unknown = watch(box, kFit, {.columns = 0, .really = 80});
  check_row(unknown, 80);
  CHECK(shown(unknown, "maha-lmnn: gap "));
  Seen wrong = watch(box, kFit, {.columns = 200, .really = 50});
  check_row(wrong, 51);
}

TEST_CASE("live line: a terminal without escape sequences gets none") {
  const Sandbox box;
  Seen seen = watch(box, kFit, {.terminal = "dumb"});
  check_row(seen, 80);
  CHECK_FALSE(contains(seen.bytes, "\x1b"));
}

TEST_CASE("live line: of a training, epochs and the time that is left at most") {
  const Sandbox box;
  Seen seen =
      watch(box, "maha-triplet --layers 8,2 --epochs 100000 --max-seconds 4 -o /dev/null datasets/iris.csv", {});
  check_row(seen, 80);
  CHECK(shown(seen, "maha-triplet: epoch "));
  CHECK(shown(seen, " of 100000, at most "));
  CHECK(shown(seen, " left, objective "));
}

TEST_CASE("live line: of a comparison, with names in any script") {
  const Sandbox box;
  box.run("cp datasets/wdbc.csv \u4e00\u4e01\u4e02.csv");
  const std::string compare = "maha-compare -j 1 -a lmnn --folds 10 --repeats 2 \u4e00\u4e01\u4e02.csv -o /dev/null";
  for (const std::size_t columns : {20, 60, 80}) {
    CAPTURE(columns);
    Seen seen = watch(box, compare, {.columns = columns});
    check_row(seen, 80);  // in bytes
    CHECK(shown(seen, " of 20 runs"));
    CHECK(shown(seen, "lmnn on \u4e00\u4e01\u4e02") == (columns >= 60));
  }
}

TEST_CASE("live line: a message finds its row empty") {
  const Sandbox box;
  const Seen full = watch(box, "ulimit -f 1; " + kFit + " --trace trace.csv", {.columns = 100});
  CHECK(full.outcome.status == 1);
  CHECK(full.screens.size() > 1);
  CHECK(joined(full.last).starts_with("maha-lmnn: "));  // and the data's name, if the fit is not over yet
  CHECK(joined(full.last).ends_with(": trace.csv: File too large"));
  const Seen note = watch(box, kFit, {.columns = 100});
  CHECK(joined(note.last).starts_with("maha-lmnn: note: stopped before it converged, at a gap of "));
}
