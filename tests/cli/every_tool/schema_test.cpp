/// What the tools write is held to docs/model.schema.json.

#include <doctest/doctest.h>

#include <algorithm>

#include "../../unit/data/model/schema.hpp"
#include "harness.hpp"
#include "tool_commands.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

Json model_schema() { return Json::parse(read_text(MAHA_SOURCE_DIR "/docs/model.schema.json")); }

/// Any other tool writes a model.
const std::vector<std::string> kWriteNone{
    "maha-compare", "maha-convert", "maha-distance", "maha-explain", "maha-knn",       "maha-neighbors", "maha-pairs",
    "maha-plot",    "maha-predict", "maha-prove",    "maha-split",   "maha-transform", "maha-verify"};

}  // namespace

TEST_CASE(
    "schema: the model of every tool that writes one fits it, and says by which learner and version it was made") {
  const Sandbox box;
  write_inputs(box);
  const Schema schema(model_schema());
  for (const ToolCommand& command : tool_commands()) {
    const Outcome outcome = box.run(command.on("good.csv"));
    CHECK(outcome.status == 0);
    const bool writes_none = std::find(kWriteNone.begin(), kWriteNone.end(), command.tool) != kWriteNone.end() ||
                             contains(command.command, " export ");
    const Json model = Json::parse(outcome.out, nullptr, false);
    CHECK_MESSAGE((model.is_object() && model.value("format", "") == "maha-model") == !writes_none, outcome);
    if (writes_none) continue;
    CHECK_MESSAGE(schema.check(model) == "", outcome);
    CHECK(command.tool + " " + model.value("maha", "") + "\n" == box.run(command.tool + " --version").out);
    if (command.tool != "maha-model") CHECK(model.value("algorithm", "") == command.tool.substr(5));
  }
}

TEST_CASE("schema: models after preprocessing, of networks, and those that were changed fit it too") {
  const Sandbox box;
  const Schema schema(model_schema());
  for (const std::string command :
       {"maha-cov --within --shrinkage oas --pca 3 datasets/wine.csv",
        "maha-cov -n --unlabeled --missing mean --pseudo-inverse <(printf '1,2\\n2,?\\n4,5\\n')",
        "maha-cov datasets/iris.csv | maha-model export | maha-model import --names datasets/iris.csv",
        "maha-cov datasets/iris.csv | maha-model export --as L --json",
        "maha-cov --within datasets/iris.csv | maha-model reduce --dims 2 --data datasets/iris.csv",
        "maha-lmnn --diagonal --standardize --max-iterations 5 datasets/iris.csv",
        "maha-mmc --diagonal --pairs <(maha-pairs --count 50 datasets/iris.csv) datasets/iris.csv",
        "maha-itml --prior covariance --pairs <(maha-pairs --count 50 datasets/iris.csv) datasets/iris.csv",
        "maha-verify --calibrate accuracy --pairs <(maha-pairs --count 50 datasets/iris.csv) datasets/iris.csv",
        "maha-siamese --layers 5,3 --epochs 1 --pca 3 datasets/iris.csv",
        "maha-triplet --layers 2 --epochs 1 datasets/iris.csv",
        "maha-triplet --layers 2 --no-normalize --sampler hard --epochs 1 datasets/iris.csv"}) {
    const Outcome outcome = box.run(command);
    CHECK(outcome.status == 0);
    CHECK_MESSAGE(schema.check(Json::parse(outcome.out)) == "", outcome);
    CHECK("maha-cov " + Json::parse(outcome.out).value("maha", "") + "\n" == box.run("maha-cov --version").out);
  }
}

TEST_CASE("schema: a model of any version of maha, or of none, is read; the version that writes it anew is told") {
  const Sandbox box;
  box.write("later.json", R"({"format":"maha-model","version":1,"maha":"99.1-rc2","metric":{"M":[[1,0],[0,2]]}})");
  box.write("hand.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1,0],[0,2]]}})");
  CHECK(contains(box.run("maha-model show later.json").out, "maha: 99.1-rc2\n"));
  CHECK_FALSE(contains(box.run("maha-model show hand.json").out, "maha"));
  box.write("rows.csv", "1,2\n3,4\n5,7\n");
  box.write("pairs.csv", "1,2,1\n1,3,0\n");
  const std::string version = box.run("maha-verify --version | cut -d' ' -f2").out;
  for (const std::string model : {"later.json", "hand.json"}) {
    const Outcome outcome = box.run("maha-verify -n --unlabeled --pairs pairs.csv --calibrate accuracy -m " + model +
                                    " rows.csv | maha-model show | grep maha");
    CHECK(outcome.status == 0);
    CHECK(outcome.out == "maha: " + version);
  }
  box.write("odd.json", R"({"format":"maha-model","version":1,"maha":2,"metric":{"M":[[1,0],[0,2]]}})");
  check_refused(box.run("maha-model check odd.json"), 1, "odd.json: maha is 2, not a text");
}
