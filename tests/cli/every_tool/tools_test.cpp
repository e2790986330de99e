/// That no tool is left out of what all are held to; and what all with a seed keep to.

#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

namespace {

/// What draws at random where the command of tool_commands() does not, or too little to show it.
std::string seeded(const ToolCommand& command) {
  if (command.tool == "maha-pairs") return "maha-pairs --count 10 datasets/iris.csv";
  if (command.tool == "maha-compare") return "maha-compare -a euclidean -k 1 --folds 5 --format csv datasets/iris.csv";
  if (command.tool == "maha-nca") return "maha-nca --batch 20 --passes 1 datasets/iris.csv";
  if (command.tool == "maha-mlkr") return "maha-mlkr --starts 2 --max-iterations 3 datasets/diabetes.csv";
  return command.on("datasets/iris.csv");
}

}  // namespace

TEST_CASE("tools: every one that was built has its command, and the commands do their work") {
  const Sandbox box;
  write_inputs(box);
  const std::vector<ToolCommand> commands = tool_commands();
  for (const std::string& tool : tools()) {
    CAPTURE(tool);
    if (tool == "maha-report" || tool == "maha-stats")
      continue;  // read no rows: writers of outputs_test, and in tools/
    CHECK(std::any_of(commands.begin(), commands.end(), [&](const ToolCommand& c) { return c.tool == tool; }));
  }
  for (const ToolCommand& command : commands) {
    CHECK(command.command.starts_with(command.tool + " "));
    const Outcome outcome = box.run(command.on("good.csv"));
    CHECK(outcome.status == 0);
    CHECK(outcome.out != "");
  }
}

TEST_CASE("tools: the same seed gives the same bytes, another others, and what is no seed is refused") {
  const Sandbox box;
  write_inputs(box);
  std::vector<std::string> with_seed;
  for (const ToolCommand& command : tool_commands()) {
    if (!contains(box.run(command.tool + " --help").out, "\n  --seed ")) continue;
    with_seed.push_back(command.tool);
    const std::string run = seeded(command) + " --seed ";
    const Outcome first = box.run(run + "3");
    CHECK(first.status == 0);
    CHECK(box.run(run + "3").out == first.out);
    CHECK(box.run(run + "4").out != first.out);
    check_refused(box.run(run + "-1"), 2, "--seed: -1 must be at least 0");
    check_refused(box.run(run + "9223372036854775808"), 2, "--seed: 9223372036854775808 is out of range");
  }
  for (const std::string tool :
       {"maha-compare", "maha-itml", "maha-pairs", "maha-siamese", "maha-split", "maha-triplet"}) {
    CAPTURE(tool);
    CHECK(std::find(with_seed.begin(), with_seed.end(), tool) != with_seed.end());
  }
}
