/// maha-model: every command, in text and in JSON.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;

namespace {

nlohmann::json json_of(const Outcome& outcome) {
  CHECK(outcome.status == 0);
  return nlohmann::json::parse(outcome.out);
}

/// a.json: M = diag(4, 1) over x, y, learned by hand; b.json: the same features the other way round.
void write_models(const Sandbox& box) {
  box.write("a.json",
            model_text(R"("metric":{"M":[[4,0],[0,1]]},"features":["x","y"],"center":[1,1],"algorithm":"hand",)"
                       R"("parameters":{"strength":2},"threshold":0.5)"));
  box.write("b.json", model_text(R"("metric":{"L":[[1,0],[0,2]]},"features":["y","x"])"));
}

}  // namespace

TEST_CASE("maha-model show, check") {
  const Sandbox box;
  write_models(box);
  const Outcome shown = box.run("maha-model show a.json");
  CHECK(shown.status == 0);
  CHECK(contains(shown.out, "algorithm: hand\n"));
  CHECK(contains(shown.out, "condition: 4\n"));
  CHECK(contains(shown.out, "parameters.strength: 2\n"));
  const auto shown_json = json_of(box.run("maha-model show --json < a.json"));
  CHECK(shown_json["rank"] == 2);
  CHECK(shown_json["eigenvalues"] == nlohmann::json({4, 1}));
  CHECK(shown_json["weights"] == nlohmann::json({4, 1}));
  CHECK(json_of(box.run("maha-model check --json a.json"))["sound"] == true);

  const Outcome mended = box.run("maha-model check", model_text(R"("metric":{"M":[[1,0.5],[0.500000001,1]]})"));
  CHECK(mended.status == 0);
  CHECK(contains(mended.err, "maha-model: note: standard input: M was symmetric only up to rounding"));
  const Outcome broken = box.run("maha-model check", model_text(R"("metric":{"M":[[1,2],[2,1]]})"));
  CHECK(broken.status == 1);
  CHECK(broken.out == "");
  CHECK(contains(broken.err, "maha-model: standard input: metric.M at row 2, column 1 is 2"));
}

TEST_CASE("maha-model compare finds features by name") {
  const Sandbox box;
  write_models(box);
  const auto same = json_of(box.run("maha-model compare --json a.json b.json"));
  CHECK(same["angle"].get<double>() <= 1e-12);
  CHECK(same["same_order"] == true);
  const auto other =
      json_of(box.run("maha-model compare a.json - --json", model_text(R"("metric":{"M":[[1,0],[0,1]]})")));
  CHECK(other["lowest_ratio"].get<double>() == doctest::Approx(1));
  CHECK(other["highest_ratio"].get<double>() == doctest::Approx(2));
  CHECK(other["same_order"] == false);
  CHECK(box.run("maha-model compare - - < a.json").status == 2);
}

TEST_CASE("maha-model spectrum, weights") {
  const Sandbox box;
  write_models(box);
  CHECK(box.run("maha-model spectrum a.json").out == "component,eigenvalue,share,cumulative\n1,4,0.8,0.8\n2,1,0.2,1\n");
  CHECK(box.run("maha-model weights b.json").out == "feature,weight\ny,1\nx,4\n");
  CHECK(json_of(box.run("maha-model weights b.json --json")) == nlohmann::json({{"y", 1}, {"x", 4}}));
  CHECK(json_of(box.run("maha-model spectrum b.json --json"))["eigenvalues"] == nlohmann::json({4, 1}));
}

TEST_CASE("maha-model weights --data: what features count for, in any unit") {
  const Sandbox box;
  write_models(box);
  box.write("rows.csv", "y,note,x,class\n0,a,0,u\n4,b,0,u\n0,c,1,v\n4,d,1,v\n");  // var x = 1/4, var y = 4
  box.write("weights.json", model_text(R"("metric":{"weights":[4,1]},"features":["x","y"])"));
  const std::string rest = " --data rows.csv --label class", counted = "x,4,1,0.2\ny,1,4,0.8\n";
  for (const std::string model : {"a.json", "weights.json"}) {
    CHECK(box.run("maha-model weights " + model + rest).out == "feature,weight,scaled_weight,share\n" + counted);
  }
  const Outcome other = box.run("cat rows.csv | maha-model weights b.json --data - --label class");
  CHECK(other.out == "feature,weight,scaled_weight,share\ny,1,4,0.8\nx,4,1,0.2\n");
  CHECK(contains(other.err, "columns not used: note"));
  CHECK(json_of(box.run("maha-model weights --json a.json" + rest))["y"] ==
        nlohmann::json({{"weight", 1}, {"scaled_weight", 4}, {"share", 0.8}}));

  box.run("sed 's/^4,b/,b/' rows.csv > holes.csv");
  const std::string holes = "maha-model weights a.json --label class --data holes.csv";
  check_refused(box.run(holes + " -q"), 1, "holes.csv:3: column 1 (y): is empty");
  CHECK(contains(box.run(holes + " --missing skip").err, "1 of 4 rows skipped"));
  check_refused(box.run("maha-model weights a.json --missing skip"), 2, "--missing: goes with --data FILE");
  check_refused(box.run("maha-model weights none.json --label class"), 2, "--label: goes with --data FILE");
  check_refused(box.run("maha-model weights a.json --data datasets/iris.csv"), 1, "iris.csv");
  box.write("net.json", model_text(R"("metric":{"layers":[{"weights":[[1,2]],"biases":[0]}]},"features":["x","y"])"));
  check_refused(box.run("maha-model weights net.json" + rest), 1,
                "net.json: the model is a network, which has no matrix M");
}

TEST_CASE("maha-model weights --data: a column times 1000 and a new fit change the weight alone") {
  const Sandbox box;
  box.run("awk -F, -v OFS=, 'NR > 1 {$13 *= 1000} {print}' datasets/wine.csv > large.csv");  // proline
  for (const std::string learner :
       {"maha-cov --within", "maha-lmnn -q --standardize", "maha-pca --rank 3 --standardize"}) {
    const auto counted = [&](const std::string& file) {
      return json_of(box.run(learner + " " + file + " | maha-model weights --json --data " + file));
    };
    const auto small = counted("datasets/wine.csv"), large = counted("large.csv");
    REQUIRE(small.size() == 13);
    for (const auto& [feature, counts] : small.items()) {
      for (const char* key : {"scaled_weight", "share"}) {
        CHECK(large[feature][key].get<double>() == doctest::Approx(counts[key].get<double>()).epsilon(1e-6));
      }
    }
    CHECK(large["proline"]["weight"].get<double>() ==
          doctest::Approx(small["proline"]["weight"].get<double>() / 1e6).epsilon(1e-6));
  }
}

TEST_CASE("maha-model export and import bring a metric out and back to the bit") {
  const Sandbox box;
  write_models(box);
  CHECK(box.run("maha-model export a.json").out == "x,y\n4,0\n0,1\n");
  CHECK(box.run("maha-model export --as L a.json").out == "x,y\n2,0\n0,1\n");
  CHECK(box.run("maha-cov --within datasets/wine.csv -o cov.json").status == 0);
  for (const std::string form : {"M", "L"}) {
    const std::string round =
        "maha-model export --as " + form + " cov.json | maha-model import --as " + form + " -o back.json";
    CHECK(box.run(round).status == 0);
    CHECK(
        box.run("diff <(maha-model export --as " + form + " cov.json) <(maha-model export --as " + form + " back.json)")
            .out == "");
  }
  const auto named =
      json_of(box.run("maha-model import --names datasets/iris.csv -", "1,0,0,0\n0,1,0,0\n0,0,1,0\n0,0,0,1\n"));
  CHECK(named["features"][0] == "sepal_length");
  CHECK(named["label"] == "class");
  CHECK(contains(box.run("maha-model import --names datasets/wine.csv", "1,0\n0,1\n").err, "14 columns"));
  CHECK(contains(box.run("maha-model import", "1,2\n2,1\n").err, "standard input: M at row 2, column 1 is 2"));
}

TEST_CASE("maha-model reduce keeps the directions that vary most, and says how much") {
  const Sandbox box;
  write_models(box);
  box.write("rows.csv", "x,y\n0,0\n1,0\n0,2\n1,2\n");
  // z = (2x, y) varies by 1 in both; y doubled varies more
  box.write("wide.csv", "x,y,id\n0,0,a\n1,0,b\n0,4,c\n1,4,d\n");
  const auto reduced = json_of(box.run("maha-model reduce --dims 1 --data wide.csv --id id --unlabeled a.json"));
  CHECK(reduced["metric"]["L"].size() == 1);
  CHECK(std::abs(reduced["metric"]["L"][0][1].get<double>()) == doctest::Approx(1));
  CHECK(std::abs(reduced["metric"]["L"][0][0].get<double>()) <= 1e-12);
  CHECK(reduced["variance_kept"].get<double>() == doctest::Approx(0.8));
  CHECK(reduced["center"] == nlohmann::json({1, 1}));
  CHECK_FALSE(reduced.contains("threshold"));
  CHECK(box.run("maha-model reduce --dims 3 --data rows.csv --unlabeled a.json").status == 1);
  CHECK(box.run("maha-model reduce --data rows.csv a.json").status == 2);
}

TEST_CASE("maha-model: what it refuses") {
  const Sandbox box;
  write_models(box);
  CHECK(box.run("maha-model").status == 2);
  CHECK(box.run("maha-model show none.json").status == 1);
  CHECK(box.run("maha-model export --as N a.json").status == 2);
  const Outcome csv = box.run("maha-model show datasets/iris.csv");
  CHECK(csv.status == 1);
  CHECK(contains(csv.err, "datasets/iris.csv: not JSON: at line 1, column 1"));
  CHECK(lines(csv.err).size() == 1);
}

TEST_CASE("maha-model export: an array of NumPy holds the same bits") {
  const Sandbox box;
  REQUIRE(box.run("maha-cov -q datasets/wine.csv -o cov.json").status == 0);
  for (const std::string form : {"M", "L"}) {
    REQUIRE(box.run("maha-model export --as " + form + " cov.json -o m.npy").status == 0);
    CHECK(box.run("maha-model export --as " + form + " --format npy cov.json | cmp - m.npy").status == 0);
    CHECK(box.run("maha-convert m.npy > npy.csv; maha-model export --as " + form +
                  " cov.json | tail -n +2 | cmp - npy.csv")
              .status == 0);
    CHECK(box.run("maha-model import --as " + form + " --names datasets/wine.csv m.npy | maha-model compare cov.json -")
              .out.find("relative_difference: 0\n") != std::string::npos);
  }
  const Outcome both = box.run("maha-model export --json --format npy cov.json");
  CHECK(both.status == 2);
  CHECK(both.err == "maha-model: --json goes without --format\n");
}

TEST_CASE("maha-model export: a model that was written is written again to the last byte, -0 included") {
  const Sandbox box;
  box.write("m.json", R"({"format":"maha-model","version":1,"metric":{"L":[[-1e-400,1]]},"center":[-0.0,0]})");
  CHECK(contains(box.run("maha-model export --as L --json m.json -o a.json; cat a.json").out, "[-0.0, 1]"));
  CHECK(box.run("maha-model export --as L --json a.json | cmp - a.json").status == 0);
  CHECK(box.run("maha-model export --as L a.json > a.csv && maha-model import --as L a.csv | "
                "maha-model export --as L | cmp - a.csv")
            .status == 0);
}

TEST_CASE("maha-model compare: metrics whose norms overflow") {
  const Sandbox box;
  box.write("a.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1e160]]}})");
  box.write("b.json", R"({"format":"maha-model","version":1,"metric":{"M":[[4e160]]}})");
  const Outcome outcome = box.run("maha-model compare a.json b.json");
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.out, "scale: 0.25\n"));
  CHECK(contains(outcome.out, "lowest_ratio: 0.5\n"));
}

TEST_CASE("maha-model weights, reduce: rows with missing values, and a model without any to stand for them") {
  const Sandbox box;
  box.write("rows.csv", "x,y\n1,2\n,3\n4,1\n");
  box.write("m.json", model_text(R"("metric":{"M":[[2,0],[0,1]]},"features":["x","y"])"));
  for (const char* command : {"maha-model weights", "maha-model reduce --dims 1"}) {
    check_refused(box.run(command + std::string(" --missing mean --data rows.csv m.json")), 1,
                  "rows.csv: values are missing, and the model has none to stand for them");
  }
}
