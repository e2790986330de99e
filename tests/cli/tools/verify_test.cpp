/// maha-verify: ROC analysis of pairs with answers, and calibrated models.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

// By distance on the line: same 1, same 2, other 3, same 4, other 6.
const std::string kSixRows = "x,c\n0,a\n1,b\n2,b\n3,b\n4,b\n6,b\n";
const std::string kFivePairs = "i,j,similar\n1,2,1\n1,3,1\n1,4,0\n1,5,1\n1,6,0\n";

}  // namespace

TEST_CASE("maha-verify: the report, for people and for programs") {
  const Sandbox box;
  box.write("rows.csv", kSixRows);
  box.write("pairs.csv", kFivePairs);
  const Outcome outcome = box.run("maha-verify --pairs pairs.csv rows.csv");
  CHECK(outcome.status == 0);
  CHECK(outcome.err == "");
  CHECK(lines(outcome.out).size() == 8);
  CHECK(contains(outcome.out, "auc                    0.833333"));
  const Json report = Json::parse(box.run("maha-verify --json --roc roc.csv --pairs pairs.csv rows.csv").out);
  CHECK(report["pairs"] == 5);
  CHECK(report["similar"] == 3);
  CHECK(report["auc"].get<double>() == doctest::Approx(5.0 / 6));
  CHECK(report["best_threshold"] == 2.5);
  CHECK(report["best_error"].get<double>() == doctest::Approx(0.2));
  CHECK_FALSE(report.contains("threshold"));
  CHECK(box.read("roc.csv") ==
        "threshold,false_positive_rate,true_positive_rate\n0,0,0\n1,0,0.3333333333333333\n2,0,0.6666666666666666\n"
        "3,0.5,0.6666666666666666\n4,0.5,1\n6,1,1\n");
  CHECK(Json::parse(box.run("maha-verify --squared --json --pairs pairs.csv rows.csv").out)["best_threshold"] == 6.25);
}

TEST_CASE("maha-verify --calibrate: the model with its threshold, which maha-distance then goes by") {
  const Sandbox box;
  box.write("rows.csv", kSixRows);
  box.write("pairs.csv", kFivePairs);
  const auto threshold = [&](const std::string& goal) {
    const Outcome outcome = box.run("maha-verify --calibrate " + goal + " --pairs pairs.csv rows.csv");
    CHECK(outcome.status == 0);
    CHECK(contains(outcome.err, "true positive rate"));
    const Json model = Json::parse(outcome.out);
    CHECK(model["features"] == Json{"x"});
    return model["threshold"].get<double>();
  };
  CHECK(threshold("accuracy") == 2.5);
  CHECK(threshold("f=1") == 5);
  CHECK(threshold("tpr=0.9") == 5);
  CHECK(threshold("tnr=1") == 2.5);
  CHECK(
      box.run("maha-verify --calibrate accuracy --pairs pairs.csv rows.csv 2>&1 >model.json | grep -c error").status ==
      0);
  CHECK(box.run("maha-distance -m model.json --pairs pairs.csv rows.csv").out ==
        "i,j,distance,same\n1,2,1,1\n1,3,2,1\n1,4,3,0\n1,5,4,0\n1,6,6,0\n");
  const Json judged = Json::parse(box.run("maha-verify --json -m model.json --pairs pairs.csv rows.csv").out);
  CHECK(judged["threshold"] == 2.5);
  CHECK(judged["accuracy"] == 0.8);
  CHECK(judged["true_negative_rate"] == 1.0);
  CHECK(judged["precision"] == 1.0);
}

TEST_CASE("maha-verify: pairs at distance 0, which every threshold calls the same") {
  const Sandbox box;
  box.write("rows.csv", "x\n0\n0\n1\n");
  box.write("pairs.csv", "i,j,similar\n1,2,0\n1,3,1\n2,3,0\n");
  CHECK(box.run("maha-verify --unlabeled --roc roc.csv --pairs pairs.csv rows.csv").status == 0);
  CHECK(box.read("roc.csv") == "threshold,false_positive_rate,true_positive_rate\n-1,0,0\n0,0.5,0\n1,1,1\n");
  check_refused(box.run("maha-verify --unlabeled --calibrate tnr=1 -o m.json --pairs pairs.csv rows.csv"), 1,
                "no threshold has a true negative rate of 1: 1 of 2 dissimilar pairs are at distance 0");
  CHECK_FALSE(box.exists("m.json"));
  for (const std::string unit : {"", " --squared"}) {  // the one pair that is similar is no nearer than the others
    const std::string verify = "maha-verify --unlabeled --json --pairs pairs.csv rows.csv" + unit;
    const Json best = Json::parse(box.run(verify).out);
    CHECK(best["best_threshold"] == -1);
    CHECK(best["best_error"] == doctest::Approx(1.0 / 3));
  }
  check_refused(box.run("maha-verify --unlabeled --calibrate accuracy -o m.json --pairs pairs.csv rows.csv"), 1,
                "no threshold is right as often as to take no pair for similar: 1 of 2 dissimilar pairs are at "
                "distance 0");
  CHECK_FALSE(box.exists("m.json"));
}

TEST_CASE("maha-verify --calibrate: distances that are neighbouring numbers are kept apart") {
  const Sandbox box;
  box.write("rows.csv", "x\n0\n1.0000000000000002\n0\n1.0000000000000004\n");
  box.write("pairs.csv", "i,j,similar\n1,2,1\n3,4,0\n");
  CHECK(box.run("maha-verify --unlabeled --calibrate accuracy -o m.json --pairs pairs.csv rows.csv").status == 0);
  CHECK(contains(box.run("maha-verify --unlabeled -m m.json --json --pairs pairs.csv rows.csv").out, "\"error\": 0,"));
}

TEST_CASE("maha-verify: on digits a metric learned from pairs tells unseen pairs apart better than Euclid") {
  const Sandbox box;
  CHECK(box.run("maha-split --test 0.5 datasets/digits.csv --train-out train.csv --test-out test.csv && "
                "maha-pairs --count 4000 train.csv -o train-pairs.csv && "
                "maha-pairs --count 4000 test.csv -o test-pairs.csv && "
                "maha-itml --pairs train-pairs.csv train.csv -o itml.json")
            .status == 0);
  const auto auc = [&](const std::string& model) {
    return Json::parse(box.run("maha-verify --json --pairs test-pairs.csv test.csv" + model).out)["auc"].get<double>();
  };
  CHECK(auc(" -m itml.json") > 0.94);
  CHECK(auc("") < 0.9);
  CHECK(box.run("maha-verify -j 3 -m itml.json --pairs test-pairs.csv test.csv").out ==
        box.run("maha-verify -j 1 -m itml.json --pairs test-pairs.csv test.csv").out);
}

TEST_CASE("maha-verify: what is wrong is told in one line") {
  const Sandbox box;
  box.write("rows.csv", kSixRows);
  box.write("pairs.csv", kFivePairs);
  const auto fails = [&](const std::string& options, int status, const std::string& message) {
    check_refused(box.run("maha-verify rows.csv " + options), status, message);
  };
  fails("", 2, "--pairs FILE is missing");
  fails("--pairs <(echo 1,2)", 1, "2 fields, where i,j,similar are wanted");
  fails("--pairs <(echo 1,2,1)", 1, "there is no dissimilar pair");
  fails("--pairs <(echo 1,2,0)", 1, "there is no similar pair");
  for (const std::string goal : {"best", "f=0", "f=x", "tpr=1.1", "tnr=-1", "tpr"}) {
    fails("--pairs pairs.csv --calibrate " + goal, 2, "is none of accuracy, f=BETA, tpr=RATE, tnr=RATE");
  }
  fails("--pairs pairs.csv --roc out -o out", 2, "name the same file");
  CHECK(box.run("maha-verify --pairs - < rows.csv").status == 2);
}

TEST_CASE("maha-verify --standardize: as it was fitted, and in the model with its threshold") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --count 500 datasets/wine.csv -o pairs.csv").status == 0);
  const std::string verify = "maha-verify --pairs pairs.csv datasets/wine.csv ";
  const Json plain = Json::parse(box.run(verify + "--json").out);
  const Json scaled = Json::parse(box.run(verify + "--json --standardize").out);
  CHECK(scaled["auc"].get<double>() > plain["auc"].get<double>() + 0.05);
  for (const std::string options : {"--standardize", "--scale minmax --pca 3"}) {
    const Json fitted = Json::parse(box.run(verify + "--json " + options).out);
    CHECK(box.run(verify + "--calibrate accuracy -o model.json " + options).status == 0);
    const Json model = Json::parse(box.read("model.json"));
    CHECK(model["preprocessing"]["scale"] == (options.ends_with("3") ? "minmax" : "zscore"));
    CHECK(model["label"] == "class");
    const Json again = Json::parse(box.run(verify + "--json -m model.json").out);
    for (const char* key : {"auc", "best_threshold", "best_error"}) CHECK(again[key] == fitted[key]);
    CHECK(again["error"] == fitted["best_error"]);
  }
  const Json pca = Json::parse(box.run(verify + "--calibrate accuracy --pca 3 2> /dev/null").out);
  CHECK(pca["metric"]["L"].size() == 3);
  CHECK(pca["preprocessing"] == Json{{"pca", 3}});
  check_refused(box.run(verify + "--standardize -m absent.json"), 2, "--scale and --pca go without a model");
}
