/// Models beside the one that measures: their features go by name too, and other features are refused.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;

namespace {

using Json = nlohmann::json;

/// One metric three times: features a, b, c in two orders, and under other names.
void write_both(const Sandbox& box) {
  const std::string head = R"({"format":"maha-model","version":1,"features":)";
  box.write("abc.json", head + R"(["a","b","c"],"metric":{"L":[[5,1,0],[0,0.01,0.02]]}})");
  box.write("cba.json", head + R"(["c","b","a"],"metric":{"L":[[0,1,5],[0.02,0.01,0]]}})");
  box.write("pqr.json", head + R"(["p","q","r"],"metric":{"L":[[5,1,0],[0,0.01,0.02]]}})");
  box.write("ab.json", head + R"(["a","b"],"metric":{"L":[[5,1]]}})");
  box.write("abcd.json", head + R"(["a","b","c","d"],"metric":{"L":[[5,1,0,1]]}})");
  box.write("four.json", R"({"format":"maha-model","version":1,"metric":{"L":[[5,1,0,1]]}})");
  box.run(
      "cut -d, -f1-3,5 datasets/iris.csv | sed '1s/.*/a,b,c,class/' > rows.csv; sed 1d rows.csv > bare.csv;"
      "maha-pairs --count 300 rows.csv -o pairs.csv");
}

const std::vector<std::string> kCommands{
    "maha-lmnn -q -k 1 rows.csv --targets ",
    "maha-lmnn -q --max-iterations 1 rows.csv --init ",
    "maha-lmnn -q --diagonal --max-iterations 1 rows.csv --init ",
    "maha-mmc -q --max-iterations 1 --pairs pairs.csv rows.csv --init ",
    "maha-itml -q --max-iterations 1 --pairs pairs.csv rows.csv --init ",
    "maha-itml -q --prior abc.json --max-iterations 1 --pairs pairs.csv rows.csv --init "};

}  // namespace

TEST_CASE("second models: the order of their features changes nothing, other names are refused") {
  const Sandbox box;
  write_both(box);
  for (const std::string& command : kCommands) {
    const Outcome once = box.run(command + "abc.json");
    REQUIRE_MESSAGE(once.status == 0, once);
    const Json a = Json::parse(once.out), b = Json::parse(box.run(command + "cba.json").out);
    CHECK(b["objective"].get<double>() == doctest::Approx(a["objective"].get<double>()).epsilon(1e-9));
    check_refused(box.run(command + "pqr.json"), 1, "pqr.json: has no feature 'a'");
    check_refused(box.run(command + "ab.json"), 1, "ab.json: has no feature 'c'");
    check_refused(box.run(command + "abcd.json"), 1, "abcd.json: has a feature 'd' too many");
    check_refused(box.run(command + "four.json"), 1, "four.json: is over 4 features, and not over 3");
  }
  const std::string free = Json::parse(box.run("maha-lmnn -q -k 1 rows.csv").out)["objective"].dump();
  CHECK(Json::parse(box.run(kCommands[0] + "abc.json").out)["objective"].dump() != free);  // so they do count
}

TEST_CASE("second models: without names on one side they go by number") {
  const Sandbox box;
  write_both(box);
  const std::string fit = "maha-lmnn -q -k 1 --label -1 ";
  const auto objective = [&](const std::string& arguments) {
    return Json::parse(box.run(fit + arguments).out)["objective"].get<double>();
  };
  CHECK(objective("bare.csv --targets abc.json") == objective("rows.csv --targets abc.json"));
  CHECK(objective("bare.csv --targets cba.json") != objective("rows.csv --targets cba.json"));
}

TEST_CASE("maha-model compare: features by name, other names are refused") {
  const Sandbox box;
  write_both(box);
  const Json same = Json::parse(box.run("maha-model compare abc.json cba.json --json").out);
  CHECK(same["relative_difference"].get<double>() <= 1e-12);
  CHECK(same["same_order"] == true);
  check_refused(box.run("maha-model compare abc.json pqr.json"), 1, "pqr.json: has no feature 'a'");
  check_refused(box.run("maha-model compare abc.json abcd.json"), 1, "abcd.json: has a feature 'd' too many");
  check_refused(box.run("maha-model compare abc.json four.json"), 1, "four.json: is over 4 features, and not over 3");
}
