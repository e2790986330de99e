/// The same bytes with another kernel of the search, other threads, memory that is never 0 by chance, in another locale.

#include <doctest/doctest.h>

#include <regex>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

namespace {

/// What is said, but for times.
std::string without_times(const std::string& text) {
  static const std::regex seconds(R"re([0-9.e+-]+ s\b|"(fit|test)_seconds": *[0-9.e+-]+)re");
  return std::regex_replace(text, seconds, "T");
}

}  // namespace

TEST_CASE("numbers: of every tool are the same whatever kernel, threads, memory and locale it runs with") {
  const std::vector<ToolCommand> commands = tool_commands();
  const std::vector<std::string> others{"MAHA_KERNEL=portable MAHA_THREADS=1", "MALLOC_PERTURB_=165 MAHA_THREADS=3",
                                        "LC_ALL=C.UTF-8 LC_NUMERIC=de_DE.UTF-8 TZ=Asia/Kolkata MAHA_THREADS=2"};
  const Sandbox box;
  write_inputs(box);
  box.run(
      "head -100 datasets/wine.csv | cut -d, -f 1-5,14 > rows.csv; maha-pairs --count 200 rows.csv -o pairs.csv; "
      "cp rows.csv good.csv; maha-cov -q rows.csv -o model.json");
  for (std::size_t tool = 0; tool < commands.size(); ++tool) {
    std::string file = "rows.csv";
    if (commands[tool].command.find("--target y") != std::string::npos) {
      file = "numbers.csv";
      box.run("sed '1s/.*/a,b,y,c,d,class/' rows.csv > numbers.csv; cp numbers.csv good.csv");
    } else {
      box.run("cp rows.csv good.csv");
    }
    const std::string line = commands[tool].on(file);
    const Outcome first = box.run("MAHA_THREADS=2 " + line);
    CAPTURE(first);
    for (std::size_t which = 0; which < others.size(); ++which) {
      if (left_to_others(tool, which)) continue;
      const Outcome again = box.run("export " + others[which] + "; " + line);
      CAPTURE(again);
      CHECK(again.status == first.status);
      CHECK(without_times(again.out) == without_times(first.out));
      CHECK(without_times(again.err) == without_times(first.err));
    }
    CHECK((first.status == 0 || commands[tool].of_good_rows));
  }
}
