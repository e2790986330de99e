/// What a run reads stays as it was, unless -o says otherwise.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;

TEST_CASE("outputs: a second result takes the place of nothing that is read, by whatever name, in any tool") {
  const Sandbox box;
  write_inputs(box);
  box.run("ln -s good.csv link; ln good.csv hard");
  int tried = 0;
  for (const ToolCommand& command : tool_commands()) {
    if (command.tool == "maha-split") continue;  // whose files are what -o is elsewhere
    const auto help = nlohmann::json::parse(box.run(command.tool + " --help-json").out);
    for (const auto& option : help["options"]) {
      const std::string name = option["names"].back();
      if (option["takes"] != "output" || name == "--output") continue;
      const std::string refusal = name + ": 'good.csv' is read as well: name another file";
      check_refused(box.run(command.on("good.csv") + " " + name + " good.csv"), 2, refusal);
      ++tried;
    }
  }
  CHECK(tried > 30);
  for (const std::string& command : kTwoResults) {
    if (command.starts_with("maha-split")) continue;
    for (const char* name : {"./good.csv", "$PWD/good.csv", "link", "hard"})
      check_refused(box.run(into(command, "new", name)), 2, "is read as well: name another file");
  }
  box.run("cut -d, -f1,2 good.csv > bare.csv");
  box.write("labels", "a\nb\na\nb\na\nb\n");
  box.write("e.json", R"({"datasets":[{"file":"good.csv"}],"algorithms":["euclidean"],"protocol":{"folds":2}})");
  box.write("parts.csv", "1\n2\n1\n2\n1\n2\n");
  for (const std::string refused :
       {"maha-knn -k 1 --train good.csv --predictions new < new",
        "maha-knn -k 1 --leave-one-out --train bare.csv --labels labels --predictions labels",
        "maha-compare --experiment e.json --times good.csv", "maha-compare --experiment e.json --best e.json",
        "maha-compare -a euclidean --split good.csv,parts.csv --times parts.csv",
        "maha-compare -a euclidean -k 1 --folds-file parts.csv good.csv --times parts.csv",
        "maha-compare -a euclidean good.csv --times parts.csv --merge parts.csv",
        "maha-itml --label -1 --pairs pairs.csv --prior model.json --trace model.json good.csv"}) {
    box.write("new", kGood);
    check_refused(box.run(refused), 2, "is read as well: name another file");
  }
  CHECK(box.run("maha-knn -q -k 1 --leave-one-out --train good.csv --predictions /dev/stdout -o new").status == 0);
  CHECK(box.read("good.csv") == kGood);
  CHECK(box.read("model.json") == kModel + "\n");
}
