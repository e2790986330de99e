/// Whatever the help or the README tells people to paste is run here as it stands.

#include <doctest/doctest.h>

#include <optional>

#include "harness.hpp"

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

/// The ```sh blocks of a Markdown text that show the tools at work: those whose first word begins with `maha-`.
/// Others (getting the source, building, installing) are not for a test to run.
std::vector<std::string> tool_blocks(const std::string& markdown) {
  std::vector<std::string> blocks;
  std::optional<std::string> block;
  for (const std::string& line : lines(markdown)) {
    if (block && line == "```") {
      if (block->starts_with("maha-")) blocks.push_back(*block);
      block.reset();
    } else if (block) {
      *block += line + "\n";
    } else if (line == "```sh") {
      block.emplace();
    }
  }
  return blocks;
}

}  // namespace

TEST_CASE("examples: the two readers find what there is to run") {
  CHECK(help_examples("Usage\n  maha-x\n\nExamples:\n  maha-a 1\n  b | maha-c\n\nOptions:\n  -o\n") ==
        std::vector<std::string>{"maha-a 1", "b | maha-c"});
  CHECK(tool_blocks("```sh\nmake\n```\n```sh\nmaha-a\nmaha-b | c\n```\n```\nmaha-d\n```\n") ==
        std::vector<std::string>{"maha-a\nmaha-b | c\n"});
}

TEST_CASE("examples: those of every tool's --help work as pasted") {
  for (const std::string& tool : tools()) {
    const Sandbox box;
    const Outcome help = box.run(tool + " --help");
    CHECK(help.status == 0);
    CHECK(help.err == "");
    const std::vector<std::string> examples = help_examples(help.out);
    CHECK_MESSAGE(!examples.empty(), tool, " shows no example");
    for (const std::string& example : examples) CHECK(box.run(example).status == 0);
  }
}

TEST_CASE("examples: the README's blocks of tools run in their order, in one directory") {
  const auto readme = std::filesystem::path(MAHA_SOURCE_DIR) / "README.md";
  if (!std::filesystem::exists(readme)) return;  // source packages may leave it out
  const Sandbox box;
  for (const std::string& block : tool_blocks(read_text(readme))) CHECK(box.run("set -e\n" + block).status == 0);
}
