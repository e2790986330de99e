/// maha-compare: names of algorithms, all of them where none is named, and results of an earlier run shown anew.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;

namespace {

const std::string kRun =
    "maha-compare -q -a euclidean -a 'my_lmnn=lmnn:k=1|2' -a lmnn:k=60 --folds 3 datasets/iris.csv datasets/wine.csv ";

}  // namespace

TEST_CASE("maha-compare --from: every format is that of the run itself, and nothing is fitted or read") {
  const Sandbox box;
  CHECK(box.run(kRun + "--format json -o r.json").status == 0);
  box.run("mkdir elsewhere; cp r.json elsewhere");
  for (const std::string format : {"text", "md", "csv", "tex", "json"}) {
    const std::string expected = box.run(kRun + "--format " + format).out;
    CHECK(!expected.empty());
    const Outcome again = box.run("cd elsewhere; maha-compare --from r.json --format " + format);
    CHECK(again.status == 0);
    CHECK(again.err == "");
    CHECK(again.out == expected);
    CHECK(box.run("maha-compare --from - -j 2 -q -v --format " + format + " -o out < r.json").out == "");
    CHECK(box.read("out") == expected);
  }
  CHECK(
      box.run("maha-compare --from r.json --format json | maha-compare --from <(cat) --format csv | head -1").status ==
      0);
}

TEST_CASE("maha-compare --from: what would need a run is refused, and broken files name the entry") {
  const Sandbox box;
  box.run(kRun + "--format json -o r.json");
  for (const std::string option : {"--folds 3", "-k 1", "--seed 2", "--standardize", "--label species", "--times t.csv",
                                   "--journal j", "--experiment r.json", "--inner-folds 3", "-n"}) {
    check_refused(box.run("maha-compare --from r.json " + option), 2, " does not go with --from, which fits nothing");
  }
  for (const std::string more : {"datasets/iris.csv", "-a cov", "--split a,b"}) {
    check_refused(box.run("maha-compare --from r.json " + more), 2, "data sets and algorithms are in that file");
  }
  CHECK(box.files() == std::vector<std::string>{"r.json"});
  check_refused(box.run("maha-compare --from none.json"), 1, "none.json: No such file");
  check_refused(box.run("maha-compare --from datasets/iris.csv"), 1, "iris.csv: not JSON");
  check_refused(box.run("head -c 999 r.json > cut; maha-compare --from cut"), 1, "cut: not JSON: at line ");
  check_refused(box.run("sed 's/\"errors\":[0-9]*/\"errors\":77/' r.json | maha-compare --from -"), 1,
                "standard input: cells[1].errors is 77, and not from 0 to 50");
  check_refused(box.run("sed '/\"fold\":\"2\"/d' r.json > x; sed '0,/\"fold\":\"2\"/{/\"fold\":\"2\"/d}' r.json > y; "
                        "maha-compare --from y"),
                1, "y: cells: none is of 'iris', 'euclidean', repeat 1, fold '2'");
}

TEST_CASE("maha-compare -a NAME=SPEC: the name stands in every output, and no name is there twice") {
  const Sandbox box;
  const Outcome text = box.run(kRun + "--journal j");
  CHECK_MESSAGE(contains(text.out, "  my_lmnn  "), text);
  CHECK_MESSAGE(contains(text.out, "\nmy_lmnn "), text);  // of Wilcoxon's tests
  CHECK(contains(box.read("j"), "\"my_lmnn\""));
  CHECK(contains(box.run(kRun + "--format tex").out, " & my\\_lmnn & "));
  CHECK(contains(box.run(kRun + "--format csv").out, "\niris,my_lmnn,1,1,"));
  const auto json = nlohmann::json::parse(box.run(kRun + "--format json -o r.json; cat r.json").out);
  CHECK(json["algorithms"][1] == "my_lmnn");
  CHECK(json["experiment"]["algorithms"][1]["spec"] == "lmnn:k=1|2");
  CHECK(json["t_tests"][0]["second"] == "my_lmnn");
  CHECK(contains(box.run("maha-plot compare --script r.json").out, "\"my_lmnn  (rank"));

  check_refused(box.run("maha-compare -a x=cov -a x=lmnn datasets/iris.csv"), 2,
                "two algorithms are called 'x': cov and lmnn");
  check_refused(box.run("maha-compare -a cov=lmnn -a cov datasets/iris.csv"), 2, "two algorithms are called 'cov'");
  check_refused(box.run("maha-compare -a =cov datasets/iris.csv"), 2, "algorithm 1 has no name");
  check_refused(box.run("maha-compare -a x= datasets/iris.csv"), 2, "'' is no algorithm");
  check_refused(box.run("maha-compare -a x=tree datasets/iris.csv"), 2, "'tree' is no algorithm");
  check_refused(box.run("maha-compare -a $'\\xe9=cov' --format json datasets/iris.csv"), 2, "is not UTF-8");
}

TEST_CASE("maha-compare without -a compares every learner there is") {
  const Sandbox box;
  box.run("awk 'NR % 5 == 1' datasets/iris.csv > rows.csv");
  const Outcome outcome = box.run("maha-compare -k 1 --folds 2 --inner-folds 2 --format json rows.csv");
  CHECK(outcome.status == 0);
  const auto json = nlohmann::json::parse(outcome.out);
  std::string all;
  for (const std::string name : json["algorithms"]) all += (all.empty() ? "" : ", ") + name;
  std::string known = box.run("maha-compare -a nothing rows.csv").err;
  const std::string of_targets = "mlkr, ";
  REQUIRE(contains(known, of_targets));
  CHECK(contains(known.erase(known.find(of_targets), of_targets.size()), "there are " + all + "\n"));
  CHECK(json["experiment"]["algorithms"][2]["spec"] == "pca:rank=0|2|4|8|16|32");
  CHECK(contains(outcome.err, "note: no -a: compared are " + all + "\n"));
  for (const auto& cell : json["cells"]) CHECK_FALSE(cell.contains("failure"));
}
