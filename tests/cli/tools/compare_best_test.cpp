/// maha-compare --best: the model of the best algorithm is the one that its tool would write.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

TEST_CASE("maha-compare --best writes what the tool itself would, of every learner") {
  const Sandbox box;
  const std::string rest = " --standardize --seed 4 --folds 2 datasets/wine.csv -o table --best best.json";
  const auto same = [&](const std::string& spec, const std::string& tool) {
    CAPTURE(spec);
    CHECK(box.run(tool + " -o tool.json").status == 0);
    const Outcome compared = box.run("maha-compare -q -a '" + spec + "'" + rest);
    CHECK_MESSAGE(compared.status == 0, compared);
    CHECK(box.read("best.json") == box.read("tool.json"));
  };
  box.run("for n in 500 2000; do maha-pairs --count $n --seed 4 datasets/wine.csv > p$n; done");
  same("cov:within", "maha-cov --within --standardize datasets/wine.csv");
  same("cov:shrinkage=ledoit-wolf,scale=none", "maha-cov --shrinkage ledoit-wolf datasets/wine.csv");
  same("pca:rank=3", "maha-pca --rank 3 --standardize datasets/wine.csv");
  same("mmc:count=500", "maha-mmc --standardize --pairs p500 datasets/wine.csv");
  same("itml:gamma=2", "maha-itml --gamma 2 --seed 4 --standardize --pairs p2000 datasets/wine.csv");
  same("lmnn:k=2,pca=5,push-weight=0.3", "maha-lmnn -k 2 --push-weight 0.3 --pca 5 --standardize datasets/wine.csv");
  same("siamese:layers=4,epochs=2", "maha-siamese --layers 4 --epochs 2 --seed 4 --standardize datasets/wine.csv");
  same("triplet:layers=4,epochs=2", "maha-triplet --layers 4 --epochs 2 --seed 4 --standardize datasets/wine.csv");
}

TEST_CASE("maha-compare --best: of a grid what cross-validation of all rows chooses, of missing values the means") {
  const Sandbox box;
  const std::string rows = " --drop alcohol --missing mean holes.csv ";
  box.run("awk -F, -v OFS=, 'NR % 9 == 3 {$2 = \"\"} {print}' datasets/wine.csv > holes.csv");
  const Outcome outcome = box.run(
      "maha-compare -a euclidean -a 'grid=lmnn:k=1|2,push-weight=0.2|0.8' --folds 2 -o table --best best.json" + rows);
  CHECK(outcome.status == 0);
  const std::string before = "note: best.json is of grid with ", after = ", fitted to all 178 rows\n";
  const std::size_t at = outcome.err.find(before), end = outcome.err.find(after);
  REQUIRE_MESSAGE(end != std::string::npos, outcome);
  const std::string chosen = outcome.err.substr(at + before.size(), end - at - before.size());
  const std::string weight = chosen.substr(chosen.rfind('=') + 1), k = chosen.substr(2, 1);
  CHECK(chosen == "k=" + k + ",push-weight=" + weight);
  box.run("maha-lmnn -k " + k + " --push-weight " + weight + " -o tool.json" + rows);
  CHECK(box.read("best.json") == box.read("tool.json"));
  CHECK(contains(box.read("best.json"), "\"fill\""));
}

TEST_CASE("maha-compare --best: what it says, what it refuses, and that nothing is left behind then") {
  const Sandbox box;
  const Outcome beaten = box.run("maha-compare -a euclidean -a cov --folds 3 --best m.json datasets/iris.csv");
  CHECK(beaten.status == 0);
  CHECK(contains(beaten.err, "note: m.json is of cov, fitted to all 150 rows\n"));
  CHECK(contains(beaten.err, "warning: m.json: an algorithm that learns nothing is more accurate than cov\n"));
  CHECK(beaten.out == box.run("maha-compare -a euclidean -a cov --folds 3 datasets/iris.csv").out);
  CHECK(box.run("maha-compare -q -a cov --best - -o table datasets/iris.csv | cmp - m.json").status == 0);
  CHECK(box.run("maha-compare -q -a cov --best x.json < datasets/iris.csv; cmp x.json m.json").status == 0);
  CHECK(box.run("maha-knn --train datasets/iris.csv --leave-one-out -m m.json").status == 0);
  box.run("rm *.json table");

  const auto refused = [&](const std::string& arguments, int status, const std::string& message) {
    check_refused(box.run("maha-compare --folds 2 --best m.json " + arguments), status, message);
    CHECK_FALSE(box.exists("m.json"));
  };
  refused("-a cov datasets/iris.csv datasets/wine.csv", 2, "--best: a model is of one data set, and there are 2");
  refused("-a euclidean datasets/iris.csv", 2, "--best: euclidean learns nothing, so that there is no model");
  refused("-a cov datasets/iris.csv -o m.json", 2, "name the same file");
  refused("-a cov datasets/iris.csv --journal m.json", 2, "name the same file");
  check_refused(box.run("maha-compare -a cov --split a,b --best m.json"), 2, "the rows of 'a' are not in one file");
  check_refused(box.run("maha-compare -a cov datasets/iris.csv --best -"), 2, "both go to standard output");
  check_refused(box.run("maha-compare -a cov datasets/iris.csv --best none/m.json"), 1, "none");
  box.write("e.json", R"({"datasets": [{"file": "datasets/iris.csv"}, {"file": "datasets/wine.csv"}],
    "algorithms": ["cov"]})");
  check_refused(box.run("maha-compare --experiment e.json --best m.json"), 1,
                "e.json: --best: a model is of one data set");
  box.run("maha-compare -a cov --format json datasets/iris.csv > r.json");
  check_refused(box.run("maha-compare --from r.json --best m.json"), 2, "--best does not go with --from");
  box.write("n.csv",
            "gr\xf6\xdf"
            "e,b,class\n1,2,u\n2,1,u\n5,5,v\n6,7,v\n");
  check_refused(box.run("maha-compare -a cov -k 1 --folds 2 n.csv --best m.json"), 1,
                "is not UTF-8, which JSON must be");
  CHECK(box.files() == std::vector<std::string>{"e.json", "n.csv", "r.json"});
}

TEST_CASE("maha-compare --best: where no model can be made, the comparison is written all the same") {
  const Sandbox box;
  const std::string compare = "maha-compare -q --folds 3 datasets/iris.csv ";
  box.write("m.json", "as it was");
  const auto without = [&](const std::string& algorithms, const std::string& reason) {
    const Outcome failed = box.run(compare + algorithms + "--best m.json --times times.csv");
    CHECK(failed.status == 1);
    CHECK(failed.out == box.run(compare + algorithms).out);
    CHECK(contains(failed.out, "failed"));
    CHECK_MESSAGE(lines(failed.err).back().starts_with("maha-compare: --best: " + reason), failed);
    CHECK(box.read("m.json") == "as it was");
    CHECK(lines(box.read("times.csv")).size() > 3);
  };
  without("-a euclidean -a lmnn:k=40 ", "no algorithm that learns something has a result");
  without("-a lmnn:k=40 ", "no algorithm that learns something has a result");
  CHECK(box.run(compare + "-a euclidean -a lmnn:k=40 --best new.json").status == 1);
  CHECK_FALSE(box.exists("new.json"));
  const Outcome piped = box.run(compare + "-a euclidean -a lmnn:k=40 --best - -o table");
  CHECK(piped.status == 1);
  CHECK(piped.out == "");
  CHECK(contains(box.read("table"), "euclidean"));
}
