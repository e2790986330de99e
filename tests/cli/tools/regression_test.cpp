/// A number to predict in place of a class, from one tool to the next.

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

/// y is x0 squared; x1 is noise.
std::string parabola() {
  std::string text = "id,x0,x1,y\n";
  for (int i = 0; i < 40; ++i) {
    const double x = (i * 7 % 40) / 10.0 - 2, noise = (i * 11 % 40) / 10.0;
    text += "r" + std::to_string(i) + "," + std::to_string(x) + "," + std::to_string(noise) + "," +
            std::to_string(x * x) + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("regression: the model records the target, by which maha-knn and maha-predict find it") {
  const Sandbox box;
  box.write("data.csv", parabola());
  REQUIRE(box.run("maha-mlkr -q --ridge 0.01 --id id --target y data.csv -o mlkr.json").status == 0);
  const Json model = Json::parse(box.read("mlkr.json"));
  CHECK(model["target"] == "y");
  CHECK(!model.contains("label"));
  CHECK(model["converged"] == true);
  CHECK(model["local_minimum"] == true);
  // The target stands in another column, and there is more behind it.
  box.run("awk -F, '{print $4 \",\" $3 \",\" $2 \",\" NR}' data.csv | sed '1s/,1$/,more/' > moved.csv");
  const std::string knn = "maha-knn -q --regress -k 1,3 --json --leave-one-out -m mlkr.json --train ";
  const Outcome found = box.run(knn + "data.csv --id id");
  CHECK(found.status == 0);
  CHECK(box.run(knn + "moved.csv").out == found.out);
  CHECK(box.run(knn + "moved.csv --target y").out == found.out);
  const Json first = Json::parse(lines(found.out).at(1));
  CHECK(first["k"] == 3);
  CHECK(first["rows"] == 40);
  CHECK(first["votes"] == "mean");
  CHECK(first["algorithm"] == "mlkr");
  CHECK(first["r2"].get<double>() > 0.95);
  CHECK(first["rmse"].get<double>() >= first["mae"].get<double>());
  check_refused(box.run("maha-knn --leave-one-out -m mlkr.json --train data.csv"), 1,
                "mlkr.json: learned for the target 'y': --regress, or --label COLUMN");
}

TEST_CASE("regression: of diabetes, each row left out, the figures of scikit-learn 1.2.1's KNeighborsRegressor") {
  const Sandbox box;
  const std::string command =
      "maha-knn --regress --leave-one-out -k 5,10 --standardize --json --train datasets/diabetes.csv";
  const auto check_scores = [&](const std::string& votes, std::size_t line, double rmse, double mae, double r2) {
    const Json found = Json::parse(lines(box.run(command + votes).out).at(line));
    CHECK(found["rmse"].get<double>() == doctest::Approx(rmse).epsilon(1e-10));
    CHECK(found["mae"].get<double>() == doctest::Approx(mae).epsilon(1e-10));
    CHECK(found["r2"].get<double>() == doctest::Approx(r2).epsilon(1e-10));
  };
  check_scores("", 0, 60.615902218889346, 47.25701357466064, 0.3803779220530318);
  check_scores("", 1, 57.972874761777994, 46.20995475113123, 0.43323449500750255);
  check_scores(" --votes weighted", 0, 60.37456892748243, 46.871383314772494, 0.38530196849545795);
  check_scores(" --votes weighted", 1, 57.93992486050678, 45.98988772440732, 0.43387857417093034);
}

TEST_CASE("regression: maha-predict writes what maha-knn reports") {
  const Sandbox box;
  box.write("data.csv", parabola());
  box.run("maha-split --test 0.3 --target y data.csv --train-out train.csv --test-out test.csv");
  for (const std::string votes : {"", " --votes weighted"}) {
    const std::string options = " --id id --target y -k 3 --train train.csv test.csv" + votes;
    const Outcome knn = box.run("maha-knn --json --predictions p.csv" + options);
    REQUIRE(knn.status == 0);
    const Outcome predicted = box.run("maha-predict --regress" + options);
    CHECK(lines(predicted.out).at(0) == "id,x0,x1,y,predicted");
    CHECK(box.run("cut -d, -f5 p.csv").out == box.run("maha-predict --regress" + options + " | cut -d, -f5").out);
    const std::string rmse =
        box.run("awk -F, 'NR > 1 { e = $5 - $3; s += e * e } END { printf \"%.9g\", sqrt(s / (NR - 1)) }' p.csv").out;
    CHECK(Json::parse(knn.out)["rmse"].get<double>() == doctest::Approx(std::stod(rmse)).epsilon(1e-6));
  }
  CHECK(lines(box.read("p.csv")).at(0) == "row,id,target,k,predicted");
  // New rows need no target.
  CHECK(box.run("cut -d, -f1-3 test.csv | maha-predict --regress --id id --target y -k 3 --train train.csv | "
                "cut -d, -f4")
            .out ==
        box.run("maha-predict --regress --id id --target y -k 3 --train train.csv test.csv | cut -d, -f5").out);
}

TEST_CASE("regression: maha-split gives each part its share of low and high targets") {
  const Sandbox box;
  std::string text = "x,y\n";
  for (int i = 0; i < 100; ++i) text += "1," + std::to_string(i * 37 % 100) + ".5\n";
  box.write("data.csv", text);
  const Outcome folds = box.run("maha-split --folds 5 --assign fold --target y data.csv");
  REQUIRE(folds.status == 0);
  std::vector<std::vector<int>> in(10, std::vector<int>(6, 0));  // of each tenth and fold
  for (const std::string& line : lines(folds.out)) {
    if (line[0] == 'x') continue;
    const double y = std::stod(line.substr(2));
    ++in[static_cast<std::size_t>(y / 10)][static_cast<std::size_t>(line.back() - '0')];
  }
  for (const auto& tenth : in) {
    for (std::size_t fold = 1; fold <= 5; ++fold) CHECK(tenth[fold] == 2);
  }
  CHECK(box.run("maha-split --folds 5 --assign fold --target 1 data.csv").status == 0);  // all are equal
}

TEST_CASE("maha-mlkr: the same bytes on any number of threads, from a start on, and a trace that falls") {
  const Sandbox box;
  const std::string command = "maha-mlkr -q --target progression --standardize datasets/diabetes.csv ";
  const Outcome one = box.run(command + "-j 1 --trace trace.csv");
  CHECK(one.status == 0);
  CHECK(box.run(command + "-j 3").out == one.out);
  box.write("one.json", one.out);
  const Json again = Json::parse(box.run(command + "--init one.json").out);
  CHECK(again["iterations"] == 0);
  const std::vector<std::string> trace = lines(box.read("trace.csv"));
  CHECK(trace.at(0) == "iteration,objective,gradient,seconds");
  CHECK(trace.size() == Json::parse(one.out)["iterations"].get<std::size_t>() + 1);
  CHECK(box.run("tail -n +2 trace.csv | sort -t, -k2,2gr -c").status == 0);
  const Json many = Json::parse(box.run(command + "--starts 3 --seed 5 --max-iterations 100").out);
  CHECK(many["seed"] == 5);
  CHECK(many["objective"].get<double>() <= Json::parse(one.out)["objective"].get<double>());
}

TEST_CASE("maha-mlkr: what is no target, or none that varies, is one line") {
  const Sandbox box;
  check_refused(box.run("maha-mlkr datasets/iris.csv"), 1,
                "datasets/iris.csv:2: column 5 (class): 'setosa' is not a number");
  box.write("same.csv", "x,y\n1,2\n3,2\n");
  check_refused(box.run("maha-mlkr same.csv"), 1, "same.csv: the target is the same in all 2 rows");
  check_refused(box.run("maha-mlkr --target z same.csv"), 1, "same.csv: no column 'z'; the columns are x, y");
  check_refused(box.run("maha-mlkr --target y --drop y same.csv"), 1, "cannot be the target and be dropped");
  box.write("other.csv", "x,y\n1,2\n3,4\n");
  check_refused(box.run("maha-mlkr --rank 2 other.csv"), 1, "--rank 2: there is only 1 feature");
  check_refused(box.run("maha-mlkr --label y same.csv"), 2, "--label");
}

TEST_CASE("regression: maha-compare reports what the tools do by hand, the lowest RMSE first") {
  const Sandbox box;
  const std::string compare =
      "maha-compare -q --target progression -a euclidean -a mlkr:ridge=0.1 -k 10 --standardize --folds 2 "
      "datasets/diabetes.csv ";
  const Outcome found = box.run(compare + "--format json -o r.json --journal j; cat r.json");
  REQUIRE(found.status == 0);
  const Json results = Json::parse(found.out);
  for (const std::string fold : {"1", "2"}) {
    const std::string cut =
        "maha-split --target progression --folds 2 --fold " + fold + " datasets/diabetes.csv --part ";
    box.run(cut + "train -o train.csv; " + cut + "test -o test.csv");
    box.run("maha-mlkr -q --standardize --ridge 0.1 train.csv -o m.json");
    for (const std::string algorithm : {"euclidean", "mlkr:ridge=0.1"}) {
      const std::string distance = algorithm == "euclidean" ? "--standardize" : "-m m.json";
      const Json knn =
          Json::parse(box.run("maha-knn --regress --json -k 10 --train train.csv test.csv " + distance).out);
      for (const Json& cell : results["cells"]) {
        if (cell["algorithm"] != algorithm || cell["fold"] != fold) continue;
        CHECK(cell["rmse"].get<double>() == doctest::Approx(knn["rmse"].get<double>()).epsilon(1e-9));
        CHECK(!cell.contains("errors"));
      }
    }
  }
  const Json& summary = results["summary"];
  const bool second = summary[1]["rmse"].get<double>() < summary[0]["rmse"].get<double>();
  CHECK(summary[1]["rank"] == (second ? 1 : 2));
  // Again from the journal, and from the results: the same bytes, and tables in every format.
  CHECK(box.run(compare + "--format json --journal j").out == found.out);
  CHECK(box.run("maha-compare --from r.json --format json").out == found.out);
  CHECK(contains(box.run("maha-compare --from r.json").out, "RMSE of 10-NN, mean ± sd over runs"));
  CHECK(contains(box.run("maha-compare --from r.json --format csv").out, "test_rows,rmse,chosen,failure"));
  CHECK(contains(box.run("maha-compare --from r.json --format tex").out, "\\textbf{"));
  CHECK(box.run("maha-compare --experiment r.json --format json").out == found.out);
}

TEST_CASE("regression: maha-compare chooses by squared errors, and refuses what has no target or wants labels") {
  const Sandbox box;
  box.write("data.csv", parabola());
  const Outcome chosen =
      box.run("maha-compare -q --id id --target y -a euclidean:vote-k='1|20' --test 0.3 --format csv data.csv");
  CHECK(chosen.status == 0);
  CHECK(contains(chosen.out, ",vote-k=1,"));
  check_refused(box.run("maha-compare --target y -a lmnn data.csv"), 2,
                "algorithm 'lmnn' learns from labels, and the data sets have a target");
  check_refused(box.run("maha-compare -a mlkr datasets/iris.csv"), 2, "algorithm 'mlkr' learns from a target");
  check_refused(box.run("maha-compare --target y --label x0 data.csv"), 2, "--label");
  check_refused(box.run("maha-compare --target y --votes lowest -a euclidean data.csv"), 2, "--votes");
  box.write("mixed.json", R"({"datasets":[{"file":"data.csv","target":"y"},{"file":"datasets/iris.csv"}],
                              "algorithms":["euclidean"]})");
  check_refused(box.run("maha-compare --experiment mixed.json"), 1, "compare them apart");
  check_refused(box.run("maha-compare --target class -a euclidean datasets/iris.csv"), 1,
                "datasets/iris.csv:2: column 5 (class): 'setosa' is not a number");
}
