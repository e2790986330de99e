/// maha-compare against shell loops over the tools.

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "columns.hpp"
#include "harness.hpp"

using namespace maha::test;

TEST_CASE("maha-compare gives the numbers of a shell loop over the tools") {
  const Sandbox box;
  const Outcome compared = box.run(
      "maha-compare --standardize -a euclidean -a cov:within -a mmc:count=500 -a itml:gamma=2 -a lmnn:k=2 "
      "-k 5 --folds 3 --repeats 2 --seed 4 datasets/wine.csv --format csv");
  REQUIRE_MESSAGE(compared.status == 0, compared);
  box.write("loop.sh", R"(
learn() { case $1 in
  euclidean) ;;
  cov) maha-cov --within --standardize train.csv -o m.json ;;
  mmc) maha-pairs --count 500 --seed 4 train.csv > p.csv; maha-mmc --standardize --pairs p.csv train.csv -o m.json ;;
  itml) maha-pairs --count 2000 --seed 4 train.csv > p.csv
        maha-itml --gamma 2 --seed 4 --standardize --pairs p.csv train.csv -o m.json ;;
  lmnn) maha-lmnn -k 2 --standardize train.csv -o m.json ;;
esac; }
for a in euclidean cov mmc itml lmnn; do
  for seed in 4 5; do
    for fold in 1 2 3; do
      maha-split --folds 3 --fold $fold --seed $seed datasets/wine.csv --train-out train.csv --test-out test.csv
      learn $a
      case $a in euclidean) how=--standardize ;; *) how="-m m.json" ;; esac
      maha-knn -k 5 $how --train train.csv test.csv --json | sed 's/.*"errors": *\([0-9]*\).*/\1/'
    done
  done
done
)");
  const Outcome loop = box.run("sh loop.sh");
  CHECK(loop.status == 0);
  CHECK(lines(loop.out).size() == 30);
  CHECK(column(compared.out, "errors") == lines(loop.out));
}

TEST_CASE("maha-compare: missing values are filled from the training rows alone") {
  const Sandbox box;
  box.run("awk -F, -v OFS=, 'NR % 7 == 3 {$2 = \"\"} {print}' datasets/iris.csv > holes.csv");
  CHECK(box.run("maha-compare -a cov holes.csv").status == 1);
  const Outcome compared = box.run("maha-compare -a euclidean -a cov --folds 2 --missing mean holes.csv --format csv");
  const Outcome loop = box.run(
      "for a in e c; do for f in 1 2; do "
      "maha-split --folds 2 --fold $f holes.csv --train-out train.csv --test-out test.csv; how='--missing mean'; "
      "if [ $a = c ]; then maha-cov --missing mean train.csv -o m.json; how='-m m.json'; fi; "
      "maha-knn $how --train train.csv test.csv --json | sed 's/.*\"errors\": *\\([0-9]*\\).*/\\1/'; done; done");
  CHECK(column(compared.out, "errors") == lines(loop.out));
}

TEST_CASE("maha-compare: the seed is the networks' too, unless they name another") {
  const Sandbox box;
  box.run("maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv");
  const auto compared = [&](const std::string& arguments) {
    const std::string command = "maha-compare --standardize --format json --split train.csv,test.csv ";
    return nlohmann::json::parse(box.run(command + arguments).out)["cells"][0]["errors"].get<int>();
  };
  std::vector<int> by_tool;
  for (const std::string seed : {"1", "2", "3", "4"}) {
    for (const std::string name : {"siamese", "triplet"}) {
      box.run("maha-" + name + " --standardize --epochs 1 --seed " + seed + " train.csv -o m.json");
      const std::string json = box.run("maha-knn --train train.csv -m m.json test.csv --json").out;
      by_tool.push_back(nlohmann::json::parse(json)["errors"].get<int>());
      CHECK(compared("-a " + name + ":epochs=1 --seed " + seed) == by_tool.back());
      CHECK(compared("-a " + name + ":epochs=1,seed=" + seed) == by_tool.back());
    }
  }
  CHECK(std::adjacent_find(by_tool.begin(), by_tool.end(), std::not_equal_to<>()) != by_tool.end());
}
