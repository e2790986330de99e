/// Whatever the help, the README or a tool's page tells people to paste is run here as it stands.

#include <doctest/doctest.h>

#include "pages.hpp"

using namespace maha::test;

namespace {

/// The command lines of the help's section `Examples:`, which are indented by two blanks; it ends at the first line
/// that is not.
std::vector<std::string> help_examples(const std::string& help) {
  std::vector<std::string> commands;
  bool inside = false;
  for (const std::string& line : lines(help)) {
    const bool indented = line.starts_with("  ");
    if (inside && indented) commands.push_back(line.substr(2));
    inside = line == "Examples:" || (inside && indented);
  }
  return commands;
}

}  // namespace

TEST_CASE("examples: a failure inside a pipe is seen, a reader that has seen enough is none") {
  const Sandbox box;
  CHECK(paste(box, "maha-split --test .5 --part test absent.csv | cat").status == 1);
  CHECK(paste(box, "seq 100000 | sort | head -1").status == 0);
}

TEST_CASE("examples: the two readers find what there is to run") {
  CHECK(help_examples("Usage\n  maha-x\n\nExamples:\n  maha-a 1\n  b | maha-c\n\nOptions:\n  -o\n") ==
        std::vector<std::string>{"maha-a 1", "b | maha-c"});
  const std::string make = "```sh\nmake\n```\n```text\nx\n```\n", c = "```sh\nmaha-a\nmaha-b | c\n```\n";
  CHECK(tool_blocks(make + c + "```\nmaha-d\n```\n") == std::vector<Shown>{{"maha-a\nmaha-b | c\n", {}}});
  CHECK(tool_blocks(c + "```text\n1\n2\n```\n") == std::vector<Shown>{{"maha-a\nmaha-b | c\n", "1\n2\n"}});
  CHECK(tool_blocks(c + "prints\n```text\n1\n```\n") == std::vector<Shown>{{"maha-a\nmaha-b | c\n", {}}});
  CHECK(tool_blocks("## S\n<!-- needs: d e:f -->\n" + c + c) ==
        std::vector<Shown>{{"maha-a\nmaha-b | c\n", {}, "S", {"d", "e:f"}}, {"maha-a\nmaha-b | c\n", {}, "S", {}}});
}

TEST_CASE("examples: those of every tool's --help work as pasted") {
  std::vector<std::string> all = tools();
  all.emplace_back("maha");
  for (const std::string& tool : all) {
    const Sandbox box;
    const Outcome help = box.run(tool + " --help");
    CHECK(help.status == 0);
    CHECK(help.err == "");
    const std::vector<std::string> examples = help_examples(help.out);
    CHECK_MESSAGE(!examples.empty(), tool, " shows no example");
    for (const std::string& example : examples) CHECK(paste(box, example).status == 0);
  }
}

#ifndef MAHA_SANITIZED  // there they take minutes; the tools take the same ways in the examples of their help

TEST_CASE("examples: a page's blocks of tools run in their order, in one directory, and print what they show") {
  const std::filesystem::path root(MAHA_SOURCE_DIR);
  std::vector<std::filesystem::path> pages{root / "README.md"};
  for (const auto& entry : std::filesystem::directory_iterator(root / "docs")) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("maha") && name.ends_with(".md")) pages.push_back(entry.path());
  }
  for (const auto& page : pages) {
    CAPTURE(page.filename().string());
    const Sandbox box;
    for (const Shown& block : tool_blocks(read_text(page))) {
      const Outcome outcome = paste(box, block.commands);
      CHECK(outcome.status == 0);
      if (block.output) CHECK(outcome.out == *block.output);
    }
  }
}

TEST_CASE("examples: the loops of docs/experiments.md run and print what they show, the Makefile too") {
  const std::string page = read_text(std::filesystem::path(MAHA_SOURCE_DIR) / "docs/experiments.md");
  const Sandbox box;
  for (const Shown& block : tool_blocks(page, "")) {
    const Outcome outcome = paste(box, block.commands);
    CHECK(outcome.status == 0);
    if (block.output) CHECK(outcome.out == *block.output);
  }
  const std::size_t start = page.find("```make\n") + 8;
  box.write("Makefile", page.substr(start, page.find("```", start) - start));
  CHECK(box.run("make -s -j2 && cat wine.*.report | wc -l").out == "5\n");
}

#endif
