/// maha-lsml: quadruplets of a file, or drawn from labels.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;
using Json = nlohmann::json;

TEST_CASE("maha-lsml: quadruplets that maha-pairs draws are those that it draws itself, whatever the threads") {
  const Sandbox box;
  REQUIRE(box.run("maha-pairs --quadruplets 400 --seed 3 datasets/wine.csv -o nearer.csv").status == 0);
  const Outcome fit = box.run(
      "maha-lsml -j 1 --quadruplets nearer.csv --standardize --require-converged --trace t.csv "
      "datasets/wine.csv");
  CHECK(fit.err == "");
  const Json model = model_of(fit);
  CHECK(model["algorithm"] == "lsml");
  CHECK(model["parameters"] == Json({{"gamma", 1.0}, {"prior", "identity"}, {"tolerance", 1e-6}}));
  CHECK(model["gap"].get<double>() <= 1e-6);
  CHECK(model["quadruplets"] == 400);
  CHECK(!model.contains("seed"));
  CHECK(lines(box.read("t.csv")).size() == model["iterations"].get<std::size_t>() + 2);
  const Json drawn = model_of(box.run("maha-lsml -j 3 --draw 400 --seed 3 --standardize < datasets/wine.csv"));
  CHECK(drawn["metric"] == model["metric"]);
  CHECK(drawn["seed"] == 3);
  CHECK(drawn["parameters"]["draw"] == 400);
  CHECK(model_of(box.run("maha-lsml --standardize datasets/wine.csv"))["quadruplets"] == 10000);
  CHECK(
      box.run("maha-lsml -q -j 3 --quadruplets - --standardize --unlabeled --drop class datasets/wine.csv < nearer.csv")
          .status == 0);
  box.write("m.json", fit.out);
  CHECK(model_of(
            box.run("maha-lsml --quadruplets nearer.csv --standardize --init m.json datasets/wine.csv"))["iterations"] <
        model["iterations"]);
}

TEST_CASE("maha-lsml: rows by id, with weights; and the prior, over the raw features") {
  const Sandbox box;
  box.write("people.csv", "who,a,b\nann,1,2\nbob,2,7\ncid,5,1\ndan,9,9\neve,4,0\n");
  box.write("said.csv", "weight,i,j,k,l,why\n2,ann,dan,bob,cid,x\n0.5,eve,dan,ann,bob,y\n");
  const Json by_id = model_of(box.run("maha-lsml -q --unlabeled --id who --quadruplets said.csv people.csv"));
  const std::string numbers =
      "printf '1,4,2,3,4\\n5,4,1,2,1\\n' | maha-lsml -q --unlabeled --drop who --quadruplets - ";
  CHECK(model_of(box.run(numbers + "people.csv"))["metric"] == by_id["metric"]);
  CHECK(by_id["rows"] == 5);
  CHECK(box.run("maha-cov --label class datasets/wine.csv -o cov.json").status == 0);
  const std::string fit = "maha-lsml --draw 300 --tolerance 1e-9 datasets/wine.csv ";
  const double named = Json::parse(box.run(fit + "--prior covariance").out)["objective"].get<double>();
  CHECK(Json::parse(box.run(fit + "--prior cov.json --standardize").out)["objective"].get<double>() ==
        doctest::Approx(named));
}

TEST_CASE("maha-lsml: what it refuses, in one line, with nothing written") {
  const Sandbox box;
  box.write("nearer.csv", "1,2,3,4\n");
  const auto refuses = [&](const std::string& options, int status, const std::string& message) {
    const Outcome outcome = box.run("maha-lsml " + options + " datasets/wine.csv -o out.json");
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(lines(outcome.err).size() == 1);
    CHECK(contains(outcome.err, message));
    CHECK(!box.exists("out.json"));
  };
  refuses("--quadruplets nearer.csv --draw 3", 2, "--draw: there are no quadruplets to be drawn with --quadruplets");
  refuses("--quadruplets nearer.csv --seed 3", 2, "--seed: there are no quadruplets to be drawn with --quadruplets");
  refuses("--unlabeled", 2, "--unlabeled: there must be labels, or --quadruplets FILE");
  refuses("--quadruplets-header yes", 2, "--quadruplets-header: goes with --quadruplets FILE");
  refuses("--gamma 0", 2, "--gamma");
  refuses("--draw 0", 2, "--draw");
  refuses("--draw 99999999", 1, "99999999 quadruplets are wanted: there are 55523996");
  refuses("--prior absent.json", 1, "absent.json");
  refuses("--quadruplets <(echo 1,2,3,179)", 1, ":1: column 4: row 179: datasets/wine.csv has 178");
  refuses("--quadruplets <(echo 1,2,3,4,0)", 1, ":1: column 5: '0' is no weight: a number above 0 is");
  refuses("--quadruplets absent.csv", 1, "absent.csv");
}
