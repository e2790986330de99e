/// maha-siamese and maha-triplet.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "../../unit/data/model/schema.hpp"
#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

Json stopped_model(const Outcome& outcome) {
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.err, "note: stopped before it converged\n"));
  return Json::parse(outcome.out);
}

double error_of(const Sandbox& box, const std::string& model) {
  return Json::parse(box.run("maha-knn -k 3 --json --train train.csv test.csv -m " + model).out)["error"];
}

}  // namespace

TEST_CASE("maha-triplet, maha-siamese: models that the other tools take, the same bytes on any number of threads") {
  const Sandbox box;
  const Schema schema(Json::parse(read_text(MAHA_SOURCE_DIR "/docs/model.schema.json")));
  box.run("maha-split --test 0.3 datasets/digits.csv --train-out train.csv --test-out test.csv");
  for (const std::string tool : {"maha-triplet", "maha-siamese"}) {
    const std::string command = tool + " --layers 32,8 --epochs 5 --standardize --pca 40 train.csv -j ";
    const Outcome one = box.run(command + "1");
    const Json model = stopped_model(one);
    CHECK_MESSAGE(schema.check(model) == "", one);
    CHECK(box.run(command + "3").out == one.out);
    CHECK(box.run(command + "1 --seed 5").out != one.out);
    CHECK(model["metric"]["layers"].size() == 2);
    CHECK(model["metric"]["layers"][0]["weights"][0].size() == 64);
    CHECK(model["metric"]["normalize"] == (tool == "maha-triplet"));
    CHECK(model["algorithm"] == tool.substr(5));
    CHECK(model["parameters"]["layers"] == "32,8");
    CHECK(model["iterations"] == 5);
    CHECK(model["converged"] == false);
    box.write("model.json", one.out);
    CHECK(error_of(box, "model.json") < 0.15);
  }
}

TEST_CASE("maha-siamese: a linear map is written as L, and starts from any") {
  const Sandbox box;
  for (const std::string layers : {"3", "''"}) {
    const Json model = stopped_model(box.run("maha-siamese --epochs 2 --layers " + layers + " datasets/iris.csv"));
    CHECK(model["metric"].size() == 1);
    CHECK(model["metric"]["L"].size() == (layers == "3" ? 3 : 4));
  }
  box.run("maha-cov --within datasets/iris.csv -o cov.json");
  const Json model = stopped_model(box.run("maha-siamese --init cov.json --epochs 2 datasets/iris.csv"));
  CHECK(model["metric"]["L"].size() == 4);
  CHECK(model["parameters"]["layers"] == "4");
}

TEST_CASE("maha-triplet: --init goes on where a model stood, preprocessing and all") {
  const Sandbox box;
  box.run("maha-split --test 0.3 datasets/digits.csv --train-out train.csv --test-out test.csv");
  box.run("maha-triplet --layers 24,6 --epochs 6 --standardize --pca 30 train.csv -o first.json");
  const std::string go_on = "maha-triplet --init first.json --standardize --epochs 1 train.csv";
  const Json model = stopped_model(box.run(go_on + " --learning-rate 1e-9"));
  CHECK(model["parameters"]["layers"] == "24,6");
  const Json first = Json::parse(box.read("first.json"));
  CHECK(model["validation"].get<double>() == doctest::Approx(first["validation"].get<double>()).epsilon(1e-3));
  const Outcome other = box.run(go_on + " --layers 10,6 -o old.json");
  CHECK(other.status == 1);
  CHECK(contains(other.err, "the model to start from has the widths 64 - 24 - 6, which are not those asked for"));
}

TEST_CASE("maha-siamese: from pairs of rows without labels") {
  const Sandbox box;
  box.run("maha-pairs --count 500 datasets/wine.csv -o pairs.csv; cut -d, -f1-13 datasets/wine.csv > unlabeled.csv");
  const std::string options = " --layers 8,3 --epochs 5 --standardize --pairs pairs.csv";
  const Json model = stopped_model(box.run("maha-siamese --unlabeled unlabeled.csv" + options));
  CHECK(!model.contains("label"));
  CHECK(model["metric"]["layers"][1]["weights"].size() == 3);
  CHECK(box.run("maha-siamese unlabeled.csv --unlabeled").status == 2);
  const Outcome bad = box.run("maha-siamese datasets/wine.csv --pairs <(printf '1,2,1\\n3,3,0\\n') -o out.json");
  CHECK(bad.status == 1);
  CHECK(contains(bad.err, ":2:"));
  CHECK(contains(box.run("maha-siamese datasets/wine.csv --pairs <(printf '1,2,1\\n')").err, "dissimilar"));
}

TEST_CASE("maha-triplet: --trace, --require-converged, --max-seconds, Ctrl-C") {
  const Sandbox box;
  const Outcome traced = box.run("maha-triplet --layers 8,3 --epochs 4 --trace trace.csv datasets/iris.csv -o m.json");
  CHECK(traced.status == 0);
  CHECK(lines(box.read("trace.csv")).size() == 5);
  CHECK(lines(box.read("trace.csv"))[0] == "iteration,objective,validation,contribute,rate,seconds");
  CHECK(box.run("maha-triplet --layers 8,3 --epochs 4 --require-converged datasets/iris.csv -o n.json").status == 3);
  CHECK(box.exists("n.json"));
  const std::string patient = "maha-triplet --epochs 100000 --patience 100000 datasets/digits.csv ";
  CHECK(Json::parse(box.run(patient + "--max-seconds 0.2").out)["converged"] == false);
  const Outcome stopped = box.run("set -m; mkfifo trace; " + patient +
                                  "--trace trace -o stopped.json & "
                                  "exec 3< trace; read -r line <&3; kill -INT $!; cat <&3 > /dev/null; wait $!");
  CHECK(stopped.status == 128 + 2);
  CHECK(Json::parse(box.read("stopped.json"))["converged"] == false);
  CHECK(box.run("maha-triplet --layers 8,3 --patience 1 --require-converged datasets/iris.csv").status == 0);
}

TEST_CASE("maha-siamese, maha-triplet: in an experiment") {
  const Sandbox box;
  const Outcome outcome = box.run(
      "maha-compare -a euclidean -a siamese:layers=6,2,epochs=2 -a triplet:layers=4,epochs=2,sampler=hard --folds 3 "
      "--standardize --format csv datasets/wine.csv");
  CHECK(outcome.status == 0);
  CHECK(lines(outcome.out).size() == 10);
}

TEST_CASE("maha-triplet --report-sampling: a line for each sampler and bin; nothing is learned") {
  const Sandbox box;
  const Outcome outcome = box.run("maha-triplet --report-sampling --layers 32,16 datasets/digits.csv");
  CHECK(outcome.status == 0);
  const std::vector<std::string> rows = lines(outcome.out);
  CHECK(rows.size() == 1 + 5 * 40);
  CHECK(rows[0] == "sampler,from,to,share,expected,idle");
  CHECK(rows[1].starts_with("uniform,0,0.05,"));
  CHECK(rows[200].starts_with("distance-weighted,1.95,2,"));
  CHECK(lines(outcome.err).size() == 1);
  CHECK(contains(outcome.err, "triplets that contribute nothing: uniform "));
  CHECK(box.run("maha-triplet -q -j 3 --report-sampling --layers 32,16 datasets/digits.csv").out == outcome.out);
}

TEST_CASE("maha-triplet, maha-siamese: what cannot be is refused in one line, before anything is written") {
  const Sandbox box;
  box.write("one.csv", "x,y,class\n1,2,a\n2,3,a\n3,4,a\n");
  box.write("each.csv", "x,y,class\n1,2,a\n2,3,b\n3,4,c\n");
  box.write("old", "as it was\n");
  const auto refused = [&](const std::string& command, int status, const std::string& message) {
    check_refused(box.run(command + " -o old"), status, message);
    CHECK(box.read("old") == "as it was\n");
  };
  for (const std::string tool : {"maha-triplet ", "maha-siamese "}) {
    refused(tool + "one.csv", 1, "all 3 rows are of one class");
    refused(tool + "each.csv", 1, "each of the 3 classes has one row");
    const std::string on_iris = tool + "datasets/iris.csv ";
    refused(on_iris + "--margin 0", 2, "--margin: must be above 0");
    refused(on_iris + "--learning-rate -1", 2, "--learning-rate: must be above 0");
    refused(on_iris + "--weight-decay -1", 2, "--weight-decay: must be at least 0");
    refused(on_iris + "--validation 1", 2, "--validation: must lie in [0, 1)");
    refused(on_iris + "--batch 3", 2, "--batch: must be at least 4");
    refused(on_iris + "--batch-classes 1", 2, "--batch-classes: must be at least 2");
    refused(on_iris + "--epochs 0", 2, "--epochs: must be at least 1");
    refused(on_iris + "--patience 0", 2, "--patience: must be at least 1");
    for (const char* layers : {"0", "8,,2", "8,x", "8,", "-3"}) {
      refused(on_iris + "--layers=" + layers, 2, "is no list of widths, as 128,32");
    }
  }
  refused("maha-triplet datasets/iris.csv --no-normalize", 2,
          "--no-normalize goes without --sampler distance-weighted");
  refused("maha-triplet datasets/iris.csv --layers 1", 2, "distance-weighted sampling wants 2 or more");
  refused("maha-triplet datasets/iris.csv --sampler best", 2, "best");
  refused("maha-triplet datasets/iris.csv --report-sampling --trace t.csv", 2, "--report-sampling goes");
  refused("maha-triplet datasets/iris.csv --report-sampling --no-normalize --sampler hard", 2,
          "--report-sampling goes");
}
