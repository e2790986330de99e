/// maha-mmc and maha-itml: metrics from pairs.

#include <doctest/doctest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

TEST_CASE("maha-mmc: raw iris with all pairs has the optimum that is known") {
  const Sandbox box;
  CHECK(box.run("maha-pairs -q --all datasets/iris.csv -o pairs.csv").status == 0);
  for (const bool diagonal : {false, true}) {
    const Outcome outcome =
        box.run(std::string("maha-mmc --spread 0 --tolerance 1e-8 --pairs pairs.csv datasets/iris.csv") +
                (diagonal ? " --diagonal" : ""));
    CHECK(outcome.status == 0);
    CHECK(outcome.err == "");
    const Json model = Json::parse(outcome.out);
    CHECK(model["objective"].get<double>() == doctest::Approx(diagonal ? 554.6485 : 781.17185).epsilon(1e-7));
    CHECK(model["gap"].get<double>() <= 1e-8);
    CHECK(model["converged"] == true);
    CHECK(model["algorithm"] == "mmc");
    CHECK(model["rows"] == 150);
    CHECK(model["label"] == "class");
  }
}

TEST_CASE("maha-mmc: 10,000 pairs of each data set are certified; any number of threads gives the same bytes") {
  const Sandbox box;
  for (const std::string name : {"wine", "wdbc", "digits"}) {
    CAPTURE(name);
    const std::string data = " datasets/" + name + ".csv";
    CHECK(box.run("maha-pairs --count 10000 -o pairs.csv" + data).status == 0);
    const Outcome one = box.run("maha-mmc -j 1 --require-converged --standardize --pairs pairs.csv" + data);
    CHECK(one.status == 0);
    CHECK(Json::parse(one.out)["gap"].get<double>() <= 1e-4);
    CHECK(box.run("maha-mmc -j 3 --standardize --pairs pairs.csv" + data).out == one.out);
    const Outcome itml = box.run("maha-itml -j 1 --require-converged --standardize --pairs pairs.csv" + data);
    CHECK(itml.status == 0);
    CHECK(Json::parse(itml.out)["gap"].get<double>() <= 1e-6);
    CHECK(box.run("maha-itml -j 3 --standardize --pairs pairs.csv" + data).out == itml.out);
  }
}

TEST_CASE("maha-mmc, maha-itml: scaling and PCA are inside the model, over the raw features") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --count 1000 datasets/wine.csv -o pairs.csv").status == 0);
  for (const std::string tool : {"maha-mmc", "maha-itml"}) {
    const Json model = Json::parse(box.run(tool + " --standardize --pca 5 --pairs pairs.csv datasets/wine.csv").out);
    CHECK(model["metric"]["L"][0].size() == 13);
    CHECK(model["metric"]["L"].size() <= 5);
    CHECK(model["preprocessing"] == Json{{"scale", "zscore"}, {"pca", 5}});
  }
  // MMC is not moved by scaling
  const auto objective = [&](const std::string& options) {
    return Json::parse(box.run("maha-mmc --spread 0 --tolerance 1e-9 --pairs pairs.csv datasets/wine.csv" + options)
                           .out)["objective"]
        .get<double>();
  };
  CHECK(objective(" --standardize") == doctest::Approx(objective("")).epsilon(1e-8));
}

TEST_CASE("maha-itml: a user's own pairs, by id; bounds are distances") {
  const Sandbox box;
  box.write("people.csv", "who,x,y\nann,0,0\nbob,1,0\ncid,0,3\ndee,4,4\n");
  box.write("clicks.csv", "from,to,same,when\nann,bob,true,Monday\nann,dee,-1,Friday\n");
  const Outcome outcome = box.run(
      "maha-itml --unlabeled --id who --similar-within 0.5 --dissimilar-beyond 6 --tolerance 1e-10 --pairs clicks.csv "
      "people.csv -o itml.json");
  CHECK(outcome.status == 0);
  const Json model = Json::parse(box.read("itml.json"));
  CHECK(model["similar_within"] == 0.5);
  CHECK(model["dissimilar_beyond"] == 6.0);
  CHECK(model["features"] == Json{"x", "y"});
  const std::string distances =
      box.run("maha-distance --unlabeled --id who -m itml.json --pairs clicks.csv people.csv").out;
  const double near = std::stod(lines(distances)[1].substr(8)), far = std::stod(lines(distances)[2].substr(8));
  CHECK(near < 1);
  CHECK(far / near > std::sqrt(32.0));  // what it was
}

TEST_CASE("maha-itml: the prior, and staying with it") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --count 500 datasets/wine.csv -o pairs.csv").status == 0);
  CHECK(box.run("maha-cov datasets/wine.csv -o cov.json").status == 0);
  const std::string fit = "maha-itml --tolerance 1e-9 --pairs pairs.csv datasets/wine.csv ";
  const double named = Json::parse(box.run(fit + "--prior covariance").out)["objective"].get<double>();
  CHECK(Json::parse(box.run(fit + "--prior cov.json").out)["objective"].get<double>() == doctest::Approx(named));
  CHECK(Json::parse(box.run(fit + "--prior cov.json --standardize").out)["objective"].get<double>() ==
        doctest::Approx(named));  // the model is over the raw features, whatever the rows go through
  const Json still = Json::parse(box.run(fit + "--similar-within 1e9 --dissimilar-beyond 1e-9").out);
  CHECK(still["objective"] == 0.0);
  CHECK(still["violated"] == 0);
}

TEST_CASE("maha-mmc: singular similar pairs get a ridge with a warning; equal rows are no trouble") {
  const Sandbox box;
  box.write("rows.csv", "x,y,z,c\n0,1,5,a\n1,1,5,a\n0,2,5,b\n1,2,5,b\n0,1,5,a\n");
  const Outcome outcome = box.run("maha-mmc --pairs <(maha-pairs -q --all rows.csv) rows.csv");
  CHECK(outcome.status == 0);
  CHECK(contains(outcome.err, "maha-mmc: warning: the similar pairs do not differ in 1 of 2 directions"));
  CHECK(box.run("maha-mmc --ridge 0.1 --pairs <(maha-pairs -q --all rows.csv) rows.csv").err ==
        "maha-mmc: warning: the covariance is singular (rank 2 of 3); without variance: z\n");
  const std::string same = "x,y\n1,1\n1,1\n1,1\n";
  CHECK(box.run("maha-mmc --unlabeled --pairs <(printf '1,2,1\\n1,3,0\\n')", same).status == 0);
  CHECK(box.run("maha-itml --unlabeled --pairs <(printf '1,2,1\\n1,3,0\\n')", same).status == 0);
}

TEST_CASE("maha-mmc, maha-itml: what is wrong is told in one line") {
  const Sandbox box;
  const auto fails = [&](const std::string& command, int status, const std::string& message) {
    check_refused(box.run(command), status, message);
  };
  for (const std::string tool : {"maha-mmc", "maha-itml"}) {
    fails(tool + " datasets/iris.csv", 2, "--pairs");
    fails(tool + " --tolerance 0 --pairs <(echo 1,2,1) datasets/iris.csv", 2, "--tolerance");
    fails(tool + " --max-iterations 0 --pairs <(echo 1,2,1) datasets/iris.csv", 2, "--max-iterations");
    fails(tool + " --max-seconds 0 --pairs <(printf '1,2,1\\n1,3,0\\n') datasets/iris.csv", 2, "--max-seconds");
    fails(tool + " --pairs <(echo 1,151,1) datasets/iris.csv", 1, ":1: column 2: row 151: datasets/iris.csv has 150");
    fails(tool + " --pairs <(echo 1,2,maybe,x; echo 1,2,no,x) datasets/iris.csv", 1,
          ":1: column 3: 'maybe' is no answer");
    fails(tool + " --pairs <(echo 1,2) datasets/iris.csv", 1, ":1: 2 fields, where i,j,similar are wanted");
    fails(tool + " --pairs - - < datasets/iris.csv", 2, "standard input");
  }
  fails("maha-mmc --pairs <(echo 1,2,1) datasets/iris.csv", 1, ": there is no dissimilar pair");
  fails("maha-mmc --pairs <(echo 1,2,0) datasets/iris.csv", 1, ": there is no similar pair");
  fails("maha-mmc --ridge 0 --pairs <(echo 1,2,1) datasets/iris.csv", 2, "--ridge");
  fails("maha-itml --gamma 0 --pairs <(echo 1,2,1) datasets/iris.csv", 2, "--gamma");
  fails("maha-itml --similar-percentile 101 --pairs <(echo 1,2,1) datasets/iris.csv", 2, "--similar-percentile");
}

TEST_CASE("maha-mmc, maha-itml: short of the tolerance the best model is written, with a gap that holds") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --count 2000 datasets/digits.csv -o pairs.csv").status == 0);
  for (const std::string tool : {"maha-mmc", "maha-itml"}) {
    const std::string fit =
        tool + " --max-iterations 3 --tolerance 1e-9 --pairs pairs.csv datasets/digits.csv -o m.json ";
    const Outcome early = box.run(fit + "--trace trace.csv");
    CHECK(early.status == 0);
    CHECK(contains(early.err, "stopped before it converged"));
    const Json model = Json::parse(box.read("m.json"));
    CHECK(model["converged"] == false);
    CHECK(model["iterations"] == 3);
    CHECK(model["gap"] > 1e-9);
    CHECK(model["gap"] <= 1.0);
    CHECK(lines(box.read("trace.csv"))[0] == "iteration,objective,gap,seconds");
    CHECK(box.run(fit + "--require-converged").status == 3);
  }
}

#if !defined(MAHA_SANITIZED)  // sanitizers reserve more address space than any limit
TEST_CASE("maha-mmc, maha-itml: many pairs of many features take no matrix for each pair") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --count 100000 datasets/digits.csv -o pairs.csv").status == 0);
  for (const std::string tool : {"maha-mmc", "maha-itml --max-iterations 2 -q"}) {  // 100,000 x 64 x 64 would be 3.3 GB
    CHECK(box.run("ulimit -v 300000; " + tool + " -j 1 --pairs pairs.csv datasets/digits.csv -o m.json").status == 0);
  }
}
#endif

TEST_CASE("maha-mmc, maha-itml --init: over the raw features, whatever they go through; the optimum stays") {
  const Sandbox box;
  CHECK(box.run("maha-pairs --count 1000 datasets/wine.csv -o pairs.csv").status == 0);
  for (const std::string tool : {"maha-mmc --spread 0", "maha-itml"}) {
    const std::string fit = tool + " -q --standardize --pca 5 --pairs pairs.csv datasets/wine.csv";
    const Outcome cold = box.run(fit);
    box.write("m.json", cold.out);
    const Outcome warm = box.run(fit + " --init m.json");
    CHECK(warm.err == "");
    const Json a = Json::parse(cold.out), b = Json::parse(warm.out);
    CHECK(b["objective"].get<double>() == doctest::Approx(a["objective"].get<double>()).epsilon(2e-4));
    CHECK(b["iterations"].get<int>() < a["iterations"].get<int>());
    CHECK(b["parameters"] == a["parameters"]);
    const Outcome none = box.run(fit + " --init missing.json");
    CHECK(none.status == 1);
    CHECK(lines(none.err).size() == 1);
    CHECK(box.run(fit + " --init datasets/wine.csv").status == 1);
    CHECK(box.run(tool + " -q --init - --pairs pairs.csv - < m.json").status == 2);
    box.write("two.json", R"({"format":"maha-model","version":1,"metric":{"L":[[1,0]]}})");
    CHECK(contains(box.run(fit + " --init two.json").err, "two.json: is over 2 features, and not over 13"));
  }
}

TEST_CASE("every learner names the features that are constant or depend on others") {
  const Sandbox box;
  std::string rows = "x,y,twice,same,class\n";
  for (int i = 0; i < 12; ++i) {
    const int x = i * i % 7, y = i * 5 % 11;
    for (const int field : {x, y, 2 * x + 1, 4}) rows += std::to_string(field) + ",";
    rows += i % 2 == 0 ? "a\n" : "b\n";
  }
  box.write("rows.csv", rows);
  CHECK(box.run("maha-pairs -q --all rows.csv -o pairs.csv").status == 0);
  const std::string warning =
      ": warning: the covariance is singular (rank 2 of 4); without variance: same; linearly dependent: x, twice";
  for (const std::string tool :
       {"maha-cov", "maha-lmnn -k 1", "maha-mmc --pairs pairs.csv", "maha-mmc --diagonal --pairs pairs.csv",
        "maha-itml --pairs pairs.csv", "maha-siamese --epochs 1", "maha-triplet --epochs 1"}) {
    const Outcome outcome = box.run(tool + " rows.csv -o m.json");
    CHECK(outcome.status == 0);
    CHECK(contains(outcome.err, tool.substr(0, tool.find(' ')) + warning));
  }
  const Outcome prior = box.run("maha-itml --prior covariance --pairs pairs.csv rows.csv -o m.json");
  CHECK(contains(prior.err, "warning: the prior is its pseudo-inverse"));
  for (const std::string tool : {"maha-lmnn -k 1", "maha-mmc --pairs pairs.csv", "maha-triplet --epochs 1"}) {
    CHECK(box.run(tool + " -q --drop same,twice --label class rows.csv -o m.json").err == "");
  }
}

TEST_CASE("maha-itml: features of very unlike size, bounds beyond all, equal rows under their covariance") {
  const Sandbox box;
  box.write("data.csv", "a,b,class\n1e9,1,x\n1,2,x\n2,1,y\n3,5,y\n0,0,x\n");
  box.write("pairs.csv", "i,j,similar\n1,2,1\n2,5,1\n3,4,1\n1,3,0\n2,4,0\n");
  const std::string fit = "maha-itml --pairs pairs.csv data.csv";
  CHECK(box.run(fit + " --require-converged").status == 0);
  CHECK(box.run(fit + " --max-seconds 1e-9").status == 0);
  CHECK(box.run(fit + " --dissimilar-beyond 1e9 --require-converged").status == 0);
  CHECK(Json::parse(box.run(fit + " --max-iterations 5").out)["iterations"] == 5);
  box.write("equal.csv", "x,y,class\n1,2,a\n1,2,a\n1,2,b\n1,2,b\n");
  const Outcome equal = box.run("maha-itml --prior covariance --pairs <(printf '1,2,1\\n1,3,0\\n') equal.csv");
  CHECK(equal.status == 0);
  CHECK(contains(equal.err, "without variance: x, y"));
  const Json model = Json::parse(equal.out);
  CHECK(model["objective"] == 0.0);
  CHECK(model["converged"] == true);
}

TEST_CASE("maha-mmc: certificates that were wrong") {
  const Sandbox box;
  box.write("four.csv", "x,y\n0,0\n0,0\n1,2\n3,1\n");
  const Json ridged =
      Json::parse(box.run("maha-mmc --spread 0 --unlabeled --pairs <(printf '1,2,1\\n3,4,0\\n') four.csv").out);
  CHECK(ridged["objective"].get<double>() == doctest::Approx(1414.2135624).epsilon(1e-4));
  CHECK(ridged["bound"].get<double>() >= 1414.21356);
  box.write("few.csv", "x,y\n3,5\n4,4\n4,2\n5,0\n");
  const std::string pairs = "--pairs <(printf '1,3,1\\n1,2,0\\n1,4,0\\n2,3,0\\n') few.csv";
  CHECK(box.run("maha-mmc --diagonal --require-converged --unlabeled " + pairs).status == 0);
}

TEST_CASE("one class only is said by every tool that needs two") {
  const Sandbox box;
  box.write("one.csv", "x,y,class\n0,1,a\n1,3,a\n2,2,a\n5,1,a\n7,7,a\n");
  for (const std::string tool :
       {"maha-pairs --count 4", "maha-pairs --nearest 1", "maha-pairs --similar 1 --dissimilar 1", "maha-lmnn -k 1",
        "maha-siamese --epochs 1", "maha-triplet --epochs 1", "maha-compare -a lmnn --folds 2 -k 1",
        "maha-compare -a mmc --folds 2 -k 1", "maha-compare -a siamese --folds 2 -k 1"}) {
    const Outcome outcome = box.run(tool + " one.csv -o out");
    CHECK(outcome.status != 0);
    CHECK(contains(outcome.err, "class"));
    const bool named = contains(outcome.err, "one.csv: ") || tool.starts_with("maha-compare");  // by its data set
    CHECK_MESSAGE(named, outcome);
    const bool called = contains(outcome.err, "'a'") || contains(outcome.err, "class a has 5 of 5");
    CHECK_MESSAGE(called, outcome);
  }
}
