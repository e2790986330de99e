/// maha-lmnn: what it writes, what stops it, and what it refuses.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;

namespace {

const std::string kFitWine = "maha-lmnn -q --standardize datasets/wine.csv";

}  // namespace

TEST_CASE("maha-lmnn: a model with its objective, bound and gap, the same on any number of threads") {
  const Sandbox box;
  const Outcome fit = box.run(kFitWine);
  CHECK(fit.err == "");
  const auto model = model_of(fit);
  CHECK(model["algorithm"] == "lmnn");
  CHECK(model["parameters"] == nlohmann::json({{"neighbors", 3}, {"push_weight", 0.5}, {"tolerance", 1e-3}}));
  CHECK(model["preprocessing"] == nlohmann::json({{"scale", "zscore"}}));
  const double objective = model["objective"], bound = model["bound"];
  CHECK(bound <= 208.911164);
  CHECK(objective >= 208.911164);
  CHECK(model["gap"].get<double>() == doctest::Approx((objective - bound) / objective).epsilon(1e-9));
  CHECK(model["gap"].get<double>() <= 1e-3);
  CHECK(model["converged"] == true);
  CHECK(model["rows"] == 178);
  CHECK(box.run(kFitWine + " -j 3").out == fit.out);
  CHECK(box.run("cat datasets/wine.csv | maha-lmnn -q --standardize -o m.json").status == 0);
  CHECK(box.read("m.json") == fit.out);
}

TEST_CASE("maha-lmnn: the dual names triplets of rows, in the box, and sums to about the bound") {
  const Sandbox box;
  const auto model = model_of(box.run(kFitWine + " --tolerance 1e-4 --dual dual.csv --trace trace.csv"));
  const auto rows = lines(box.read("dual.csv"));
  CHECK(rows[0] == "i,j,l,alpha");
  double sum = 0;
  int faults = 0;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    int i = 0, j = 0, l = 0;
    double alpha = 0;
    faults += std::sscanf(rows[r].c_str(), "%d,%d,%d,%lf", &i, &j, &l, &alpha) != 4;
    faults += i < 1 || i > 178 || j < 1 || l > 178 || !(alpha >= 0 && alpha <= 0.5);
    sum += alpha;
  }
  CHECK(faults == 0);
  CHECK(sum == doctest::Approx(model["bound"].get<double>()).epsilon(1e-3));
  const auto trace = lines(box.read("trace.csv"));
  CHECK(trace[0] == "iteration,objective,bound,gap,active,rank,seconds");
  CHECK(trace.size() == model["iterations"].get<std::size_t>() + 2);
  CHECK(trace[1].starts_with("0,"));
}

TEST_CASE("maha-lmnn: stopped early it writes its best, and says so") {
  const Sandbox box;
  const Outcome stopped = box.run("maha-lmnn --max-iterations 5 --standardize datasets/wine.csv");
  CHECK(model_of(stopped)["converged"] == false);
  CHECK(contains(stopped.err, "stopped before it converged, at a gap of 0."));
  const Outcome required = box.run(kFitWine + " --max-iterations 5 --require-converged -o m.json");
  CHECK(required.status == 3);
  CHECK(nlohmann::json::parse(box.read("m.json"))["iterations"] == 5);
  CHECK(box.run(kFitWine + " --require-converged").status == 0);
  CHECK(model_of(box.run("maha-lmnn --tolerance 1e-15 --max-seconds 0.3 datasets/wine.csv"))["converged"] == false);

  const auto warm = model_of(box.run(kFitWine + " --init m.json --max-iterations 5"));
  CHECK(warm["objective"] <= nlohmann::json::parse(box.read("m.json"))["objective"]);
}

TEST_CASE("maha-lmnn: Ctrl-C ends the fit at its next iteration, the model written") {
  const Sandbox box;
  const Outcome outcome = box.run(
      "set -m; mkfifo trace; maha-lmnn --tolerance 1e-15 --max-iterations 1000000000 --trace trace -o m.json "
      "datasets/wine.csv "
      "& "
      "exec 3< trace; read -r line <&3; kill -INT $!; cat <&3 > /dev/null; wait $!");
  CHECK(outcome.status == 130);
  CHECK(nlohmann::json::parse(box.read("m.json"))["converged"] == false);
}

TEST_CASE("maha-lmnn: targets under a model, feature weights, small classes") {
  const Sandbox box;
  CHECK(box.run(kFitWine + " -o first.json").status == 0);
  const auto second = model_of(box.run(kFitWine + " --targets first.json"));
  CHECK(second["parameters"]["targets"] == "model");
  CHECK(second["objective"] != nlohmann::json::parse(box.read("first.json"))["objective"]);
  const auto weights = model_of(box.run(kFitWine + " --diagonal"));
  CHECK(weights["gap"] <= 1e-3);
  CHECK(weights["objective"].get<double>() > 428.9);
  const auto plane = model_of(box.run(kFitWine + " --rank 2"));
  CHECK(plane["metric"]["L"].size() == 2);
  CHECK(plane["parameters"]["rank"] == 2);

  box.write("small.csv", "a,b,class\n1,2,x\n2,1,y\n4,5,x\n3,3,y\n5,9,x\n0,0,y\n7,7,lone\n");
  const Outcome refused = box.run("maha-lmnn -k 1 small.csv");
  CHECK(refused.status == 1);
  CHECK(refused.err == "maha-lmnn: small.csv: class lone has 1 row: 1 target neighbours need at least 2\n");
  CHECK(model_of(box.run("maha-lmnn -k 1 --small-classes drop small.csv"))["rows"] == 6);
}

TEST_CASE("maha-knn --rule energy: with a model of maha-lmnn, and no other") {
  const Sandbox box;
  CHECK(box.run("maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv").status == 0);
  CHECK(box.run("maha-lmnn -q -k 2 --standardize --pca 9 train.csv -o lmnn.json").status == 0);
  const auto report = model_of(box.run("maha-knn --rule energy --json -m lmnn.json --train train.csv test.csv"));
  CHECK(report["votes"] == "energy");
  CHECK(report["k"] == 2);
  CHECK(report["error"] <= 0.08);
  CHECK(box.run("maha-cov train.csv > cov.json").status == 0);
  const Outcome other = box.run("maha-knn --rule energy -m cov.json --train train.csv test.csv");
  CHECK(other.status == 1);
  CHECK(contains(other.err, "maha-knn: cov.json: the energy rule wants a model of maha-lmnn"));
  CHECK(box.run("maha-knn --energy-margin 1 -m lmnn.json --train train.csv test.csv").status == 2);
  CHECK(box.run("maha-knn --rule energy --train train.csv test.csv").status == 2);
  CHECK(box.run("maha-lmnn -q --targets cov.json train.csv -o second.json").status == 0);
  CHECK(box.run("maha-knn --rule energy -m second.json --train train.csv test.csv").status == 1);
}

TEST_CASE("maha-lmnn: a local minimum is called so, and is not what --require-converged asks for") {
  const Sandbox box;
  const Outcome plane = box.run("maha-lmnn --standardize --rank 2 --require-converged datasets/wine.csv -o m.json");
  CHECK(plane.status == 3);
  CHECK(contains(plane.err, "ended in a local minimum, not proven the best, at a gap of 0."));
  const auto model = nlohmann::json::parse(box.read("m.json"));
  CHECK(model["converged"] == false);
  CHECK(model["local_minimum"] == true);
  CHECK(model["gap"] > 1e-3);
  CHECK(box.run(kFitWine + " --rank 2").status == 0);
  CHECK(contains(box.run("maha-model show m.json").out, "local_minimum: yes\n"));
  CHECK_FALSE(model_of(box.run(kFitWine)).contains("local_minimum"));
}

TEST_CASE("maha-lmnn: a direction that is left out is named") {
  const Sandbox box;
  CHECK(box.run("awk -F, -v OFS=, 'NR == 1 { print \"copy\", $0; next } { printf \"%.17g,%s\\n\", "
                "$1 * (1 + 1e-10 * (NR % 7)), $0 }' datasets/wine.csv > near.csv")
            .status == 0);
  const Outcome fit = box.run("maha-lmnn -q --standardize near.csv");
  CHECK(contains(fit.err, "features copy, alcohol depend on others but for"));
  CHECK(model_of(fit)["left_out"] == 1);
}

TEST_CASE("M = 0 is a model of every learner that comes to it, and every tool takes it") {
  const Sandbox box;
  box.write("x.csv", "a,b,class\n1,2,u\n2,3,v\n5,5,u\n3,2,v\n");
  box.write("equal.csv", "a,b,class\n1,1,u\n1,1,u\n1,1,v\n1,1,v\n");
  for (const std::string fit :
       {"maha-lmnn -k 1 x.csv", "maha-lmnn -k 1 --diagonal x.csv", "maha-lmnn -k 1 --rank 1 x.csv",
        "maha-lmnn -k 1 equal.csv", "maha-lmnn -k 1 --pca 1 equal.csv", "maha-lmnn -k 1 --standardize equal.csv",
        "maha-lmnn --push-weight 1e-4 datasets/balance-scale.csv",
        "maha-lmnn --push-weight 1e-4 --diagonal datasets/balance-scale.csv"}) {
    const Outcome outcome = box.run(fit);
    CHECK_MESSAGE(outcome.status == 0, outcome);
    const auto model = nlohmann::json::parse(outcome.out);
    CHECK(model["rank"] == 0);
    CHECK(model["gap"] == 0);
    CHECK(model["objective"] == model["bound"]);
    CHECK(model["converged"] == true);
    for (const auto& row : model["metric"]["M"]) {
      for (const auto& entry : row) CHECK(entry == 0);
    }
  }
  CHECK(box.run("maha-cov --pca 1 equal.csv -o zero.json").status == 0);
  CHECK(box.run("maha-lmnn -k 1 --dual dual.csv x.csv -o lmnn.json").status == 0);
  CHECK(lines(box.read("dual.csv")).size() == 1 + 4 * 2);
  box.write("pairs.csv", "i,j,similar\n1,3,1\n1,2,0\n2,4,1\n3,4,0\n");
  for (const std::string tool : {"maha-model show zero.json",
                                 "maha-model check --json zero.json",
                                 "maha-model compare zero.json lmnn.json",
                                 "maha-model compare --json zero.json lmnn.json",
                                 "maha-model weights zero.json",
                                 "maha-model spectrum zero.json",
                                 "maha-model export --as M zero.json",
                                 "maha-model export --as L zero.json",
                                 "maha-model export --as L --json zero.json",
                                 "maha-model export --as M --json zero.json",
                                 "maha-model reduce --dims 1 --data x.csv zero.json",
                                 "maha-transform -m zero.json x.csv",
                                 "maha-knn -k 1 --train x.csv -m zero.json x.csv",
                                 "maha-knn -k 1 --leave-one-out -m lmnn.json --train x.csv",
                                 "maha-knn -k 1 --rule energy --train x.csv -m lmnn.json x.csv",
                                 "maha-predict -k 1 --train x.csv -m zero.json x.csv",
                                 "maha-neighbors -k 2 -m zero.json --train x.csv x.csv",
                                 "maha-neighbors --radius 1 -m zero.json --train x.csv x.csv",
                                 "maha-distance --pairs pairs.csv -m zero.json x.csv",
                                 "maha-distance --to center -m zero.json x.csv",
                                 "maha-verify --pairs pairs.csv -m zero.json x.csv",
                                 "maha-lmnn -k 1 --init zero.json x.csv",
                                 "maha-lmnn -k 1 --targets zero.json x.csv",
                                 "maha-mmc --init zero.json --pairs pairs.csv x.csv",
                                 "maha-plot projection -m zero.json x.csv -o p.svg",
                                 "maha-plot spectrum zero.json -o s.svg"}) {
    const Outcome outcome = box.run(tool);
    CHECK_MESSAGE(outcome.status == 0, tool, "\n", outcome);
    CHECK_MESSAGE(!contains(outcome.out, "nan"), tool);
  }
  const Outcome network = box.run("maha-triplet --init zero.json x.csv");
  CHECK(network.status == 2);
  CHECK(contains(network.err, "--init: zero.json: the metric is 0, from where no gradient leads away"));
  CHECK(box.run("maha-transform -m zero.json x.csv").out == "z1,class\n0,u\n0,v\n0,u\n0,v\n");
  CHECK(box.run("maha-model export --as L zero.json > L.csv; maha-model import --as L L.csv > back.json").status == 0);
  CHECK(box.run("maha-model compare zero.json back.json").status == 0);
}

TEST_CASE("maha-knn --rule energy: with a model that went on without small classes") {
  const Sandbox box;
  box.write("train.csv", "a,b,class\n1,2,x\n2,1,y\n4,5,x\n3,3,y\n5,9,x\n0,0,y\n7,7,lone\n");
  box.write("few.csv", "a,b,class\n1,2,x\n2,1,y\n4,5,x\n3,3,y\n5,9,x\n0,0,y\n");
  box.write("test.csv", "a,b,class\n1,3,x\n7,7,lone\n");
  CHECK(box.run("maha-lmnn -q -k 1 --small-classes drop train.csv -o drop.json").status == 0);
  const auto report = model_of(box.run("maha-knn --rule energy --json -m drop.json --train train.csv test.csv"));
  CHECK(report["rows"] == 2);
  CHECK(report["per_class"]["lone"]["recall"] == 0);
  const auto predicted = [&](const std::string& train) {
    box.run("maha-knn --rule energy -m drop.json --train " + train + " test.csv --predictions p.csv -o r.txt");
    return box.read("p.csv");
  };
  CHECK(predicted("train.csv") == predicted("few.csv"));
  CHECK(box.run("maha-lmnn -q -k 1 few.csv -o all.json").status == 0);
  check_refused(box.run("maha-knn --rule energy -m all.json --train train.csv test.csv"), 1,
                "train.csv: class lone has 1 row: the 1 target neighbours of the fit need at least 2");
}

TEST_CASE("maha-lmnn: what it refuses") {
  const Sandbox box;
  for (const std::string options :
       {"-k 0", "--push-weight 1", "--tolerance 0", "--max-iterations -1", "--max-seconds 0", "--ridge -1",
        "--small-classes keep", "--rank -1", "--rank 2 --diagonal"}) {
    const Outcome outcome = box.run("maha-lmnn " + options + " datasets/iris.csv");
    CHECK_MESSAGE(outcome.status == 2, options);
    CHECK(outcome.out == "");
    CHECK(lines(outcome.err).size() == 1);
  }
  CHECK(box.run("head -40 datasets/iris.csv | maha-lmnn").status == 1);
  box.write("five.json", R"({"format":"maha-model","version":1,"metric":{"L":[[1,0,0,0,1]]}})");
  CHECK(box.run("maha-lmnn --init five.json datasets/iris.csv").status == 1);
  CHECK(box.run("maha-lmnn --targets five.json datasets/iris.csv").status == 1);
  CHECK(box.files() == std::vector<std::string>{"five.json"});
}
