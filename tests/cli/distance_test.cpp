/// maha-distance: pairs of rows, and rows from the model's center.

#include <doctest/doctest.h>

#include <cmath>

#include "harness.hpp"

using namespace maha::test;

namespace {

std::string model_text(const std::string& rest) { return R"({"format":"maha-model","version":1,)" + rest + "}"; }

const std::string kRows = "who,a,b\nann,0,0\nbob,3,4\ncid,6,8\n";

}  // namespace

TEST_CASE("maha-distance: pairs by number and by id, Euclidean without a model") {
  const Sandbox box;
  box.write("rows.csv", kRows);
  box.write("pairs.csv", "i,j,similar\n1,2,1\n3,1,0\n");
  const Outcome outcome = box.run("maha-distance --drop who --unlabeled --pairs pairs.csv rows.csv");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "i,j,distance\n1,2,5\n3,1,10\n");
  CHECK(outcome.err == "");
  CHECK(box.run("maha-distance --squared --drop who --unlabeled --pairs pairs.csv rows.csv").out ==
        "i,j,distance\n1,2,25\n3,1,100\n");
  box.write("named.csv", "from,to\nann,bob\ncid,ann\n");
  const std::string by_id = "maha-distance --id who --unlabeled --header yes --pairs named.csv";
  CHECK(box.run(by_id, kRows).out == "i,j,distance\nann,bob,5\ncid,ann,10\n");
}

TEST_CASE("maha-distance: a model's distance, and with its threshold what is the same") {
  const Sandbox box;
  box.write("rows.csv", kRows);
  box.write("model.json", model_text(R"("metric":{"M":[[4,0],[0,0]]},"features":["a","b"],"threshold":6)"));
  CHECK(box.run("maha-distance -m model.json --unlabeled --pairs <(printf '1,2\\n1,3\\n') rows.csv").out ==
        "i,j,distance,same\n1,2,6,1\n1,3,12,0\n");
}

TEST_CASE("maha-distance: pairs of rows of two files") {
  const Sandbox box;
  box.write("rows.csv", kRows);
  box.write("other.csv", "b,a,who\n0,1,zoe\n");
  CHECK(
      box.run("maha-distance --drop who --unlabeled --with other.csv --pairs <(printf '1,1\\n2,1\\n') rows.csv").out ==
      "i,j,distance\n1,1,1\n2,1,4.47213595499958\n");
  CHECK(box.run("maha-distance --id who --unlabeled --with other.csv --pairs <(echo ann,zoe,1) rows.csv").out ==
        "i,j,distance\nann,zoe,1\n");
}

TEST_CASE("maha-distance --to center: distances and p-values, by row or id, streamed") {
  const Sandbox box;
  box.write("model.json", model_text(R"("metric":{"M":[[1,0],[0,1]]},"features":["a","b"],"center":[0,0])"));
  const Outcome outcome = box.run("maha-distance --to center -m model.json --id who --unlabeled", kRows);
  CHECK(outcome.status == 0);
  const std::vector<std::string> rows = lines(outcome.out);
  REQUIRE(rows.size() == 4);
  CHECK(rows[0] == "who,distance,p_value");
  CHECK(rows[1] == "ann,0,1");
  CHECK(rows[2].substr(0, 6) == "bob,5,");
  CHECK(std::stod(rows[2].substr(6)) == doctest::Approx(std::exp(-12.5)).epsilon(1e-13));  // two degrees of freedom
  CHECK(box.run("maha-distance --to center -m model.json --missing skip", "a,b,c\n?,1,x\n0,0,x\n").out ==
        "row,distance,p_value\n2,0,1\n");
  CHECK(box.run("maha-cov datasets/wdbc.csv -o cov.json").status == 0);
  const std::string alone = box.run("maha-distance -j 1 --to center -m cov.json datasets/wdbc.csv").out;
  CHECK(box.run("cat datasets/wdbc.csv | maha-distance -j 3 --to center -m cov.json").out == alone);
  CHECK(lines(alone)[153].substr(0, 8) == "153,20.2");  // the most outlying
  // the mean of squared distances from the mean under the inverse covariance is d
  CHECK(box.run("maha-distance --squared --to center -m cov.json datasets/wdbc.csv | awk -F, 'NR > 1 { s += $2 } "
                "END { printf \"%.6f\\n\", s / (NR - 1) }'")
            .out == "30.000000\n");
}

TEST_CASE("maha-distance --standardize, --scale, --pca: the Euclidean distance of rows preprocessed as in maha-knn") {
  const Sandbox box;
  box.write("rows.csv", "a,b\n0,1000\n2,1000\n0,3000\n2,3000\n");  // deviations 1 and 1000
  box.write("pairs.csv", "1,2\n1,3\n1,4\n");
  const std::string measure = "maha-distance --pairs pairs.csv rows.csv ";
  CHECK(box.run(measure + "--standardize").out == "i,j,distance\n1,2,2\n1,3,2\n1,4,2.8284271247461903\n");
  CHECK(box.run(measure + "--scale minmax").out == "i,j,distance\n1,2,1\n1,3,1\n1,4,1.4142135623730951\n");
  CHECK(box.run(measure + "--pca 1 --squared").out == "i,j,distance\n1,2,0\n1,3,4e+06\n1,4,4e+06\n");
  box.write("other.csv", "b,a\n1000,50\n");  // which nothing is fitted to
  CHECK(box.run("maha-distance --standardize --with other.csv --pairs <(echo 1,1,1) rows.csv").out ==
        "i,j,distance\n1,1,50\n");
  box.write("model.json", model_text(R"("metric":{"M":[[1,0],[0,1]]},"features":["a","b"],"center":[0,0])"));
  for (const char* options : {"--pairs pairs.csv", "--to center"}) {
    check_refused(box.run(std::string("maha-distance -m absent.json --scale minmax rows.csv ") + options), 2,
                  "--scale and --pca go without a model");
  }
  check_refused(box.run(measure + "--pca 3"), 1, "rows.csv: PCA to 3 dimensions");
}

TEST_CASE("maha-distance --pairs: a last column of numbers is a feature, one of text or called class is not") {
  const Sandbox box;
  const std::string measure = "maha-distance --pairs <(echo 1,2,1) -";
  CHECK(box.run(measure, "a,proline\n0,0\n3,4\n").out == "i,j,distance\n1,2,5\n");
  CHECK(box.run(measure, "a,b,class\n0,0,1\n3,4,7\n").out == "i,j,distance\n1,2,5\n");
  CHECK(box.run(measure, "class,a,b\n1,0,0\n7,3,4\n").out == "i,j,distance\n1,2,5\n");
  CHECK(box.run(measure, "a,b,kind\n0,0,u\n3,4,v\n").out == "i,j,distance\n1,2,5\n");
  box.write("model.json",
            model_text(R"("metric":{"M":[[1,0],[0,1]]},"features":["a","b"],"center":[0,0],"label":"c")"));
  CHECK(box.run("maha-distance -m model.json --pairs <(echo 1,2,1) -", "a,b,c\n0,0,9\n3,4,8\n").out ==
        "i,j,distance\n1,2,5\n");
  box.write("rows.csv", "a,proline\n0,1\n3,4\n1,1\n5,2\n");
  box.write("pairs.csv", "i,j,similar\n1,3,1\n2,4,0\n1,2,0\n3,4,1\n");
  for (const char* tool : {"maha-mmc", "maha-itml", "maha-verify", "maha-siamese --epochs 1"}) {
    CAPTURE(tool);
    const Outcome run = box.run(std::string(tool) + " --pairs pairs.csv rows.csv");
    CHECK(run.status == 0);
    CHECK_FALSE(contains(run.err, "the label?"));
  }
  check_refused(box.run("maha-cov rows.csv"), 2, "is column 2 (proline) the label?");
}

TEST_CASE("maha-distance: what is wrong is told in one line") {
  const Sandbox box;
  box.write("rows.csv", kRows);
  box.write("model.json", model_text(R"("metric":{"M":[[1,0],[0,1]]},"features":["a","b"])"));
  const auto fails = [&](const std::string& command, int status, const std::string& message) {
    check_refused(box.run(command), status, message);
  };
  fails("maha-distance rows.csv", 2, "give either --pairs FILE or --to center");
  fails("maha-distance --to center rows.csv", 2, "needs a --model");
  fails("maha-distance --to center -m model.json -q --unlabeled rows.csv", 1, "the model has no center");
  fails("maha-distance --unlabeled --drop who --pairs <(echo 1,4,1) rows.csv", 1,
        ":1: column 2: row 4: rows.csv has 3");
  fails("maha-distance --unlabeled --drop who --pairs <(echo 0,1,1) rows.csv", 1,
        ":1: column 1: row 0: rows count from 1");
  fails("maha-distance --unlabeled --id who --pairs <(echo ann,dan,1) rows.csv", 1, "id 'dan' is not in rows.csv");
  fails("maha-distance --unlabeled --drop who --pairs missing.csv rows.csv", 1, "missing.csv");
  fails("maha-distance --to center -m - - < rows.csv", 2, "standard input");
}
