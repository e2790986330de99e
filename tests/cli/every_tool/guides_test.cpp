/// The pages that lead through several tools at once: everything in them is run, by people who paste one recipe alone
/// and by this test alike.

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <regex>

#include "pages.hpp"

using namespace maha::test;

namespace {

/// A page, and whether each of its sections stands alone: a new directory for each of them, or one for the page.
struct Guide {
  std::string page;
  bool sections_stand_alone;
};

/// How many blocks of a page were run, and which were left out for want of a program.
struct Count {
  int run = 0;
  std::vector<std::string> left_out;
};

Count run_page(const Guide& guide) {
  Count count;
  std::optional<Sandbox> box;
  std::string section;
  for (const Shown& block : tool_blocks(read_text(std::filesystem::path(MAHA_SOURCE_DIR) / "docs" / guide.page), "")) {
    if (!box || (guide.sections_stand_alone && block.section != section)) box.emplace();
    section = block.section;
    CAPTURE(guide.page);
    CAPTURE(section);
    const std::optional<std::string> before = preparation(*box, block.needs);
    if (!before) {
      count.left_out.push_back(section);
      continue;
    }
    ++count.run;
    const Outcome outcome = paste(*box, *before + block.commands);
    CHECK(outcome.status == 0);
    if (block.output && !contains(outcome.err, "gnuplot is not on PATH")) CHECK(outcome.out == *block.output);
  }
  return count;
}

/// The figures with a decimal point in a text, without its blocks of code.
std::vector<std::string> figures(const std::string& markdown) {
  static const std::regex figure(R"([0-9]+\.[0-9]+)");
  std::vector<std::string> result;
  bool fenced = false;
  for (const std::string& line : lines(markdown)) {
    if (line.starts_with("```")) fenced = !fenced;
    if (fenced) continue;
    for (std::sregex_iterator it(line.begin(), line.end(), figure), end; it != end; ++it) result.push_back(it->str());
  }
  return result;
}

}  // namespace

TEST_CASE("guides: the figures of docs/which-learner.md stand on the pages of measurements") {
  const std::filesystem::path docs = std::filesystem::path(MAHA_SOURCE_DIR) / "docs";
  std::vector<std::string> measured;
  for (const char* page : {"results.md", "performance.md", "maha-verify.md", "kernels.md"}) {
    for (const std::string& figure : figures(read_text(docs / page))) measured.push_back(figure);
  }
  const std::vector<std::string> shown = figures(read_text(docs / "which-learner.md"));
  CHECK(shown.size() > 20);
  for (const std::string& figure : shown) {
    CHECK_MESSAGE(std::find(measured.begin(), measured.end(), figure) != measured.end(), figure);
  }
}

TEST_CASE("guides: a program that is missing leaves its recipe out, one with a module that is missing too") {
  const Sandbox box;
  CHECK(preparation(box, {"bash", "awk"}) == "");
  CHECK(!preparation(box, {"bash", "no_such_program"}));
  CHECK(!preparation(box, {"python3:no_such_module"}));
}

TEST_CASE("guides: every block of the pages runs, and prints what is shown") {
  for (const Guide& guide : {Guide{"tutorial.md", false},
                             {"cookbook.md", true},
                             {"cookbook-experiments.md", true},
                             {"cookbook-programs.md", true},
                             {"coming-from.md", true},
                             {"using-models.md", true},
                             {"scale.md", true},
                             {"which-learner.md", false}}) {
    const Count count = run_page(guide);
    CHECK_MESSAGE(count.run + count.left_out.size() > 0, guide.page);
    std::string names;
    for (const std::string& section : count.left_out) names += "\n  " + section;
    MESSAGE(guide.page, ": ", count.run, " blocks run, ", count.left_out.size(), " left out for want of programs",
            names);
  }
}
