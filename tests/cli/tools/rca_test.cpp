/// maha-rca: chunks from a column or drawn from labels.

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

/// M_ij of a model with a factor L.
double entry(const Json& model, std::size_t i, std::size_t j) {
  double sum = 0;
  for (const Json& row : model["metric"]["L"]) sum += row[i].get<double>() * row[j].get<double>();
  return sum;
}

const std::string kChunked = "who,a,b,set,class\np,0,0,s1,x\nq,1,0,s1,x\nr,5,1,,y\ns,7,2,t,y\nu,7,4,t,x\nv,9,9,NA,y\n";

}  // namespace

TEST_CASE("maha-rca --chunk: rows in chunks, whatever else the file has; an empty name or a missing one is none") {
  const Sandbox box;
  box.write("rows.csv", kChunked);
  const Json model = model_of(box.run("maha-rca --chunk set --drop who rows.csv"));
  CHECK(model["features"] == Json({"a", "b"}));
  CHECK(model["label"] == "class");
  CHECK(model["rows"] == 4);
  CHECK(model["chunks"] == 2);
  CHECK(!model.contains("parameters"));
  CHECK(!model.contains("seed"));
  // Within: (1/2, 0, 0, 0) in a, (0, 0, 1, 1) in b about the means: S = diag(1/8, 1/2).
  const Json named = model_of(box.run("maha-rca --chunk -2 --id who < rows.csv"));
  CHECK(named["metric"] == model["metric"]);
  CHECK(entry(model, 0, 0) == doctest::Approx(8).epsilon(1e-12));
  CHECK(entry(model, 1, 1) == doctest::Approx(2).epsilon(1e-12));
  CHECK(std::abs(entry(model, 0, 1)) <= 1e-12);
  CHECK(
      box.run(
             "maha-rca --chunk set --drop who --label class --rank 1 rows.csv | maha-transform -m - rows.csv | head -2")
          .status == 0);
}

TEST_CASE("maha-rca: chunks that are the classes give what maha-cov --within does") {
  const Sandbox box;
  CHECK(box.run("maha-rca --chunk class datasets/iris.csv -o rca.json").err == "");
  CHECK(box.run("maha-cov --within datasets/iris.csv -o cov.json").status == 0);
  const Outcome same = box.run("maha-model compare rca.json cov.json --json");
  CHECK(same.status == 0);
  CHECK(Json::parse(same.out)["relative_difference"].get<double>() <= 1e-11);
}

TEST_CASE("maha-rca: chunks drawn from labels, seeded") {
  const Sandbox box;
  const Json model = model_of(box.run("maha-rca --chunks 20 --chunk-size 3 datasets/iris.csv"));
  CHECK(model["parameters"] == Json({{"chunks", 20}, {"chunk_size", 3}}));
  CHECK(model["chunks"] == 20);
  CHECK(model["rows"] == 60);
  CHECK(model["seed"] == 1);
  const std::string usual = box.run("maha-rca datasets/iris.csv").out;
  CHECK(Json::parse(usual)["chunks"] == 75);
  CHECK(box.run("maha-rca --seed 1 -j 3 < datasets/iris.csv").out == usual);
  CHECK(box.run("maha-rca --seed 2 datasets/iris.csv").out != usual);
}

TEST_CASE("maha-rca: what it refuses, in one line, with nothing written") {
  const Sandbox box;
  box.write("rows.csv", kChunked);
  const auto refuses = [&](const std::string& options, int status, const std::string& message) {
    const Outcome outcome = box.run("maha-rca " + options + " rows.csv -o out.json");
    CAPTURE(outcome.err);
    CHECK(outcome.status == status);
    CHECK(lines(outcome.err).size() == 1);
    CHECK(contains(outcome.err, message));
    CHECK(!box.exists("out.json"));
  };
  refuses("--chunk set --chunks 3", 2, "--chunks: there are no chunks to be drawn with --chunk");
  refuses("--chunk set --chunk-size 3", 2, "--chunk-size: there are no chunks to be drawn with --chunk");
  refuses("--chunk set --seed 3", 2, "--seed: there are no chunks to be drawn with --chunk");
  refuses("--unlabeled", 2, "--unlabeled: there must be labels, or --chunk COLUMN");
  refuses("--chunk-size 1", 2, "--chunk-size: must be at least 2");
  refuses("--chunks 0", 2, "--chunks: must be at least 1");
  refuses("--ridge 0", 2, "--ridge");
  refuses("--chunk sets", 1, "rows.csv: no column 'sets'");
  refuses("--chunk set --label set --drop who", 2, "--chunk and --label name the same column");
  refuses("--chunk who --drop set", 1, "rows.csv: no chunk has two rows");
  refuses("--drop who,set --chunks 9", 1, "rows.csv: 9 chunks of 2 rows are wanted: there are 2");
  refuses("--drop who,set --rank 3", 1, "rows.csv: --rank 3: there are only 2 features");
}
