/// The help of every tool in its other forms, JSON and manual page, says what --help says.

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>

#include "../../unit/data/model/schema.hpp"
#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

using Names = std::set<std::string>;

std::vector<std::string> all_tools() {
  std::vector<std::string> all = tools();
  all.emplace_back("maha");
  return all;
}

/// The names of options that a help text has lines for: "-k,--neighbors K", indented by two.
Names options_in(const std::string& help) {
  static const std::regex option(R"(^  (-[^ ]+))");
  Names names;
  for (const std::string& line : lines(help)) {
    std::smatch match;
    if (!std::regex_search(line, match, option)) continue;
    std::string list = match[1];
    for (std::size_t comma; (comma = list.find(',')) != std::string::npos; list = list.substr(comma + 1))
      names.insert(list.substr(0, comma));
    names.insert(list);
  }
  return names;
}

Names options_in(const Json& options) {
  Names names;
  for (const Json& option : options) names.insert(option["names"].begin(), option["names"].end());
  return names;
}

}  // namespace

TEST_CASE("--help-json: every tool's fits its schema and has the options, words and examples of --help") {
  const Sandbox box;
  const Schema schema(Json::parse(read_text(MAHA_SOURCE_DIR "/docs/help.schema.json")));
  for (const std::string& tool : all_tools()) {
    const Outcome outcome = box.run(tool + " --help-json");
    CHECK(outcome.status == 0);
    CHECK(outcome.err == "");
    const Json json = Json::parse(outcome.out, nullptr, false);
    REQUIRE_MESSAGE(json.is_object(), outcome);
    CHECK_MESSAGE(schema.check(json) == "", tool);
    CHECK(json["name"] == tool);
    const std::string help = box.run(tool + " --help").out;
    CHECK(lines(help)[0] == json["description"]);
    CHECK_MESSAGE(options_in(help) == options_in(json["options"]), tool);
    for (const Json& example : json["examples"]) CHECK(contains(help, "\n  " + example.get<std::string>() + "\n"));
    for (const Json& option : json["options"]) {
      CHECK_MESSAGE(contains(help, option["help"]), tool, " ", option);
      if (!option.contains("choices")) continue;
      for (const Json& word : option["choices"]) CHECK_MESSAGE(contains(help, word), tool, " ", option);
    }
    for (const Json& command : json["commands"]) {
      const std::string its = box.run(tool + " " + command["name"].get<std::string>() + " --help").out;
      CHECK(lines(its)[0] == command["description"]);
      CHECK_MESSAGE(options_in(its) == options_in(command["options"]), tool, " ", command["name"]);
    }
  }
}

TEST_CASE("--help-json: what an option takes, its range and its default are as declared") {
  const Sandbox box;
  const Json json = Json::parse(box.run("maha-lmnn --help-json").out);
  const auto option = [&](const std::string& name) {
    for (const Json& one : json["options"]) {
      if (std::find(one["names"].begin(), one["names"].end(), name) != one["names"].end()) return one;
    }
    return Json();
  };
  CHECK(option("--push-weight")["range"] == Json::parse(R"({"above":0,"below":1})"));
  CHECK(option("--push-weight")["default"] == "0.5");
  CHECK(option("--push-weight")["takes"] == "number");
  CHECK(option("--neighbors")["takes"] == "whole");
  CHECK(option("--scale")["choices"] == Json::parse(R"(["none","zscore","minmax"])"));
  CHECK(option("--scale")["takes"] == "word");
  CHECK(option("--label")["takes"] == "column");
  CHECK(option("--drop")["takes"] == "columns");
  CHECK(option("--drop")["repeated"] == true);
  CHECK(option("--init")["takes"] == "input");
  CHECK(option("--trace")["takes"] == "output");
  CHECK(option("--diagonal")["takes"] == "nothing");
  CHECK(json["inputs"][0]["takes"] == "rows");
  CHECK(Json::parse(box.run("maha-model show --help-json").out)["commands"].size() == 8);
}

TEST_CASE("help: says what the columns mean that are written, in each of its forms") {
  const Sandbox box;
  box.run("maha-cov datasets/iris.csv -o m.json; printf '1,2\\n' > pairs.csv");
  box.run("sed 's/\"metric\"/\"threshold\":1,\"metric\"/' m.json > same.json");
  const std::string explain = "maha-explain -k 1 --leave-one-out --rows 1 --train datasets/iris.csv";
  const std::string center = "maha-distance --to center -m m.json datasets/iris.csv";
  const std::vector<std::string> writers{explain,
                                         "maha-distance --pairs pairs.csv -m same.json datasets/iris.csv",
                                         center,
                                         center + " --append | cut -d, -f6-",
                                         "maha-neighbors --leave-one-out --train datasets/iris.csv",
                                         "maha-predict --train datasets/iris.csv datasets/iris.csv | cut -d, -f6-"};
  for (const std::string& command : writers) {
    const std::string tool = command.substr(0, command.find(' '));
    const std::string help = box.run(tool + " --help | tr -s '\\n ' ' '").out;
    std::map<std::string, std::string> meaning;
    const Json json = Json::parse(box.run(tool + " --help-json").out);
    for (const Json& one : json["output"]) {
      for (const std::string name : one["names"]) meaning[name] = one["help"];
    }
    std::string columns = lines(box.run(command).out).at(0) + ",";
    for (std::size_t comma; (comma = columns.find(',')) != std::string::npos; columns = columns.substr(comma + 1)) {
      const std::string column = columns.substr(0, comma);
      CHECK_MESSAGE(meaning[column] != "", tool, " ", column);
      CHECK_MESSAGE(contains(help, meaning[column]), tool, " ", column);
    }
  }
  const std::string help = box.run("maha-explain --help").out;
  CHECK(help.find("\nOutput:\n") < help.find("\nExamples:\n"));
  for (const std::string key : {"vote_share", "radius", "border"}) {
    CHECK(Json::parse(box.run(explain + " --format json").out).contains(key));
    CHECK(contains(help, "\n  " + key + " "));
  }
  CHECK(contains(box.run("maha-distance --help-man").out, ".SH OUTPUT\n"));
  CHECK(contains(box.run("maha-distance --help-man").out, "\\fBp_adjusted\\fP\n"));
}

TEST_CASE("manual pages: every tool's is set without a warning and has every option") {
  const Sandbox box;
  if (!is_installed(box, "groff")) return;
  const bool man = is_installed(box, "man");
  for (const std::string& tool : all_tools()) {
    box.write("page.1", box.run(tool + " --help-man").out);
    const Outcome set = box.run("groff -man -ww -z page.1");
    CHECK_MESSAGE(set.status == 0, set);
    CHECK_MESSAGE(set.err == "", set);
    if (!man) continue;
    const Outcome shown =
        box.run("LC_ALL=C.UTF-8 MANWIDTH=100 man --nj --nh --warnings -E UTF-8 -l -Tutf8 page.1 | col -bx");
    CHECK_MESSAGE(shown.status == 0, shown);
    CHECK_MESSAGE(shown.err == "", shown);
    CHECK(contains(shown.out, "NAME\n       " + tool + " - "));
    const Json json = Json::parse(box.run(tool + " --help-json").out);
    for (const std::string& name : options_in(json["options"])) CHECK_MESSAGE(contains(shown.out, name), tool);
    for (const Json& example : json["examples"]) {
      const std::string line = example;
      CHECK_MESSAGE(contains(shown.out, line), shown);
    }
  }
}
