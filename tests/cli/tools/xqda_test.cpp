/// maha-xqda: from pairs, or from labels as from all pairs.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

TEST_CASE("maha-xqda: from labels it is what it is from all pairs") {
  const Sandbox box;
  CHECK(box.run("maha-xqda datasets/iris.csv -o labels.json").err == "");
  CHECK(box.run("maha-pairs -q --all datasets/iris.csv | maha-xqda --unlabeled --drop class --pairs - "
                "datasets/iris.csv -o "
                "pairs.json")
            .status == 0);
  const Json labels = Json::parse(box.read("labels.json")), pairs = Json::parse(box.read("pairs.json"));
  CHECK(labels["parameters"] == Json({{"ridge", 1e-3}}));
  CHECK(labels["similar"] == 3675);
  CHECK(labels["dissimilar"] == 7500);
  CHECK(labels["rank"] == pairs["rank"]);
  CHECK(labels["residual"].get<double>() <= 1e-12);
  const Outcome same = box.run("maha-model compare labels.json pairs.json --json");
  CHECK(Json::parse(same.out)["relative_difference"].get<double>() <= 1e-10);
  CHECK(box.run("maha-xqda -j 3 < datasets/iris.csv").out == box.read("labels.json"));
}

TEST_CASE("maha-xqda: what it refuses, in one line, with nothing written") {
  const Sandbox box;
  box.write("rows.csv", "a,b,class\n1,2,x\n2,4,y\n3,1,z\n");
  box.write("one.csv", "a,b,class\n1,2,x\n2,4,x\n");
  box.write("pairs.csv", "1,2,1\n");
  const auto refuses = [&](const std::string& options, int status, const std::string& message) {
    const Outcome outcome = box.run("maha-xqda " + options + " -o out.json");
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(lines(outcome.err).size() == 1);
    CHECK(contains(outcome.err, message));
    CHECK(!box.exists("out.json"));
  };
  refuses("rows.csv", 1, "rows.csv: no class has two rows: there is no similar pair");
  refuses("one.csv", 1, "one.csv: all 2 rows are of one class, 'x': there is no dissimilar pair");
  refuses("--pairs pairs.csv rows.csv", 1, "pairs.csv: there is no dissimilar pair");
  refuses("--ridge 0 rows.csv", 2, "--ridge: must be above 0");
  refuses("--unlabeled rows.csv", 2, "--unlabeled goes with --pairs FILE");
}
