/// maha-distance: pairs of rows, and rows from the model's center.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "harness.hpp"
#include "models.hpp"

using namespace maha::test;

namespace {

const std::string kPeople = "who,a,b\nann,0,0\nbob,3,4\ncid,6,8\n";

}  // namespace

TEST_CASE("maha-distance: pairs by number and by id, Euclidean without a model") {
  const Sandbox box;
  box.write("rows.csv", kPeople);
  box.write("pairs.csv", "i,j,similar\n1,2,1\n3,1,0\n");
  const Outcome outcome = box.run("maha-distance --drop who --unlabeled --pairs pairs.csv rows.csv");
  CHECK(outcome.status == 0);
  CHECK(outcome.out == "i,j,distance\n1,2,5\n3,1,10\n");
  CHECK(outcome.err == "");
  CHECK(box.run("maha-distance --squared --drop who --unlabeled --pairs pairs.csv rows.csv").out ==
        "i,j,distance\n1,2,25\n3,1,100\n");
  box.write("named.csv", "from,to\nann,bob\ncid,ann\n");
  const std::string by_id = "maha-distance --id who --unlabeled --header yes --pairs named.csv";
  CHECK(box.run(by_id, kPeople).out == "i,j,distance\nann,bob,5\ncid,ann,10\n");
}

TEST_CASE("maha-distance: a model's distance, and with its threshold what is the same") {
  const Sandbox box;
  box.write("rows.csv", kPeople);
  box.write("model.json", model_text(R"("metric":{"M":[[4,0],[0,0]]},"features":["a","b"],"threshold":6)"));
  CHECK(box.run("maha-distance -m model.json --unlabeled --pairs <(printf '1,2\\n1,3\\n') rows.csv").out ==
        "i,j,distance,same\n1,2,6,1\n1,3,12,0\n");
}

TEST_CASE("maha-distance: pairs of rows of two files") {
  const Sandbox box;
  box.write("rows.csv", kPeople);
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
  const Outcome outcome = box.run("maha-distance --to center -m model.json --id who --unlabeled", kPeople);
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

TEST_CASE("maha-distance --to center: outliers that mask each other are found under the robust covariance") {
  const Sandbox box;
  std::string rows = "a,b\n";
  for (int i = 0; i < 70; ++i) {  // along a line, with deviations in no order
    const double t = (i * 37 % 70 - 34.5) / 10, e = ((i * i * 13 + 5 * i) % 41 - 20) / 20.0;
    rows += std::to_string(10 + t) + "," + std::to_string(20 + 2 * t + e) + "\n";
  }
  for (int i = 0; i < 18; ++i) rows += std::to_string(12 + i % 5 * 0.1) + "," + std::to_string(8 + i % 7 * 0.1) + "\n";
  box.write("rows.csv", rows);
  const auto found = [&](const std::string& options, const std::string& which) {
    const Outcome outcome = box.run("maha-cov --unlabeled " + options +
                                    " rows.csv | maha-distance --to center --unlabeled -m - rows.csv | awk -F, 'NR > 1 "
                                    "&& $3 < 0.001 && " +
                                    which + "' | wc -l");
    CHECK(outcome.status == 0);
    return std::stoi(outcome.out);
  };
  CHECK(found("", "$1 > 70") == 0);
  CHECK(found("--robust", "$1 > 70") == 18);
  CHECK(found("--robust", "$1 <= 70") == 0);
}

TEST_CASE("maha-distance --to center: what a singular covariance rules out is at an infinite distance, and told") {
  const Sandbox box;
  box.write("train.csv", "a,b,c,k\n1,2,3,5\n4,1,5,5\n2,2,4,5\n0,3,3,5\n-1,1,0,5\n2.5,0.25,2.75,5\n");
  CHECK(box.run("maha-cov --unlabeled --pseudo-inverse train.csv -o m.json").status == 0);
  const std::string measure = "maha-distance --to center -m m.json ";
  const Outcome own = box.run(measure + "train.csv");
  CHECK(own.status == 0);
  CHECK(own.err == "");
  CHECK_FALSE(contains(own.out, "inf"));
  box.write("new.csv", "a,b,c,k\n1,1,2,5\n1,1,1002,5\n1,1,2,9999\n");
  const Outcome run = box.run(measure + "-q new.csv");
  CHECK(run.status == 0);
  REQUIRE(lines(run.out).size() == 4);
  CHECK_FALSE(contains(lines(run.out)[1], "inf"));
  CHECK(lines(run.out)[2] == "2,inf,0");
  CHECK(lines(run.out)[3] == "3,inf,0");
  CHECK(run.err ==
        "maha-distance: warning: new.csv: 2 of 3 rows differ from the center in what the singular covariance of m.json "
        "rules out: distance inf, p-value 0; the first is row 2, in a, b, c\n");
  CHECK(box.run(measure + "--squared new.csv").out.ends_with("2,inf,0\n3,inf,0\n"));
  CHECK(contains(box.run(measure + "-", "a,b,c,k\n1,1,2,9999\n").err, "the first is row 1, in k"));
  CHECK(box.run("maha-cov -n --unlabeled -q <(tail -n +2 train.csv) -o bare.json").status == 0);
  CHECK(contains(box.run("maha-distance --to center -n -m bare.json -", "1,1,2,9999\n").err, "row 1, in features 4\n"));
}

TEST_CASE("maha-distance --to center: directions left out by choice are ruled out by no covariance") {
  const Sandbox box;
  box.write("train.csv", "a,b,class\n1,2,u\n4,2,u\n2,2,v\n0,2,v\n-1,2,v\n2.5,2,u\n");
  for (const char* options : {"--pca 1", "--within", "--ridge 0.1"}) {
    CAPTURE(options);
    CHECK(box.run(std::string("maha-cov --pseudo-inverse train.csv -o m.json ") + options).status == 0);
    const Outcome run = box.run("maha-distance --to center -m m.json -", "a,b\n1,2\n1,7\n");
    CHECK(run.status == 0);
    CHECK_FALSE(contains(run.err, "warning"));
    CHECK_FALSE(contains(run.out, "inf"));
  }
  CHECK(box.run("maha-cov --pseudo-inverse train.csv -o m.json").status == 0);
  CHECK(box.run("maha-model reduce --dims 1 --data train.csv m.json -o r.json").status == 0);
  CHECK(contains(box.run("maha-distance --to center -m m.json -", "a,b\n1,7\n").out, "inf"));
}

TEST_CASE("maha-distance --append: the records as they came, with p-values adjusted over all rows") {
  const Sandbox box;
  box.write("model.json", model_text(R"("metric":{"M":[[2]]},"features":["a"],"center":[0])"));
  const std::string measure = "maha-distance --to center --append -m model.json ";
  const Outcome run = box.run(measure + "--decimal , --missing skip -",
                              "note;a;b\r\n\"one\nnote\"; 0 ;0\r\n?;;\n;2,5;8\n\"x\";1;\"quoted\"");
  CHECK(run.status == 0);
  CHECK(contains(run.err, "1 row skipped"));
  const auto squared = [](double square) { return std::erfc(std::sqrt(square / 2)); };  // of one degree of freedom
  std::vector<std::vector<double>> found;
  std::string records;
  for (const std::string& line : lines(run.out)) {
    std::string record = line;
    std::vector<double> numbers;
    for (int field = 0; field < 3; ++field) {
      std::string number = record.substr(record.rfind(';') + 1);
      std::erase(number, '"');
      std::replace(number.begin(), number.end(), ',', '.');
      numbers.insert(numbers.begin(), std::strtod(number.c_str(), nullptr));
      record.resize(record.rfind(';') == std::string::npos ? 0 : record.rfind(';'));
    }
    found.push_back(numbers);
    records += record + "|";
  }
  CHECK(run.out.starts_with(
      "note;a;b;distance;p_value;p_adjusted\r\n\"one\nnote\"; 0 ;0;0;1;1\r\n?;;;;;\n;2,5;8;\"3,5355"));
  REQUIRE(found.size() == 6);  // a field has a line end
  CHECK(found[4][1] == doctest::Approx(squared(12.5)).epsilon(1e-12));
  CHECK(found[4][2] == doctest::Approx(3 * squared(12.5)).epsilon(1e-12));
  CHECK(found[5][1] == doctest::Approx(squared(2)).epsilon(1e-12));
  CHECK(found[5][2] == doctest::Approx(1.5 * squared(2)).epsilon(1e-12));
  CHECK(run.out.ends_with("\n"));
  CHECK(box.run(measure + "-n -", "0\n0\n").out == "0,0,1,1\n0,0,1,1\n");
  CHECK(box.run(measure + "--squared --id who -", "who,a\nann,0\n").out ==
        "who,a,distance,p_value,p_adjusted\nann,0,0,1,1\n");
  CHECK(box.run("maha-cov datasets/wdbc.csv -o cov.json").status == 0);
  const std::string all = "maha-distance --to center --append -m cov.json ";
  const std::string alone = box.run(all + "-j 1 datasets/wdbc.csv").out;
  CHECK(lines(alone).size() == 570);
  CHECK(box.run("cat datasets/wdbc.csv | " + all + "-j 3").out == alone);
  CHECK(
      box.run("cut -d, -f1-31 datasets/wdbc.csv > plain.csv && " + all + "plain.csv | cut -d, -f1-31 | cmp - plain.csv")
          .status == 0);
  CHECK(box.run(all + "datasets/wdbc.csv | cut -d, -f32,33 | tail -n +2 | sort | cksum").out ==
        box.run("maha-distance --to center -m cov.json datasets/wdbc.csv | cut -d, -f2,3 | tail -n +2 | sort | cksum")
            .out);
  CHECK(box.run(all + "datasets/wdbc.csv | head -1").status == 0);
  CHECK(box.run(all + "datasets/wdbc.csv > /dev/full").status == 1);
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
  box.write("rows.csv", kPeople);
  box.write("model.json", model_text(R"("metric":{"M":[[1,0],[0,1]]},"features":["a","b"])"));
  const auto fails = [&](const std::string& command, int status, const std::string& message) {
    check_refused(box.run(command), status, message);
  };
  fails("maha-distance rows.csv", 2, "give either --pairs FILE or --to center");
  fails("maha-distance --to center rows.csv", 2, "needs a --model");
  fails("maha-distance --append --pairs absent.csv rows.csv", 2, "--append goes with --to center");
  box.write("center.json", model_text(R"("metric":{"M":[[1,0],[0,1]]},"features":["a","b"],"center":[0,0])"));
  box.write("taken.csv", "a,p_adjusted,b\n1,2,3\n");
  fails("maha-distance --append --to center -q -m center.json --unlabeled taken.csv", 1,
        "taken.csv: has a column 'p_adjusted' already");
  fails("maha-distance --to center -m model.json -q --unlabeled rows.csv", 1, "the model has no center");
  fails("maha-distance --unlabeled --drop who --pairs <(echo 1,4,1) rows.csv", 1,
        ":1: column 2: row 4: rows.csv has 3");
  fails("maha-distance --unlabeled --drop who --pairs <(echo 0,1,1) rows.csv", 1,
        ":1: column 1: row 0: rows count from 1");
  fails("maha-distance --unlabeled --id who --pairs <(echo ann,dan,1) rows.csv", 1, "id 'dan' is not in rows.csv");
  fails("maha-distance --unlabeled --drop who --pairs missing.csv rows.csv", 1, "missing.csv");
  fails("maha-distance --to center -m - - < rows.csv", 2, "standard input");
}

TEST_CASE("maha-distance: of a covariance that is not that of all rows, the p-values are said to be of another") {
  const Sandbox box;
  const auto said = [&](const std::string& options) {
    return box.run("maha-cov -q " + options + " datasets/iris.csv | maha-distance --to center -m - datasets/iris.csv")
        .err;
  };
  CHECK(said("") == "");
  for (const std::string option : {"--within", "--ridge", "--shrinkage"}) {
    const std::string value = option == "--ridge" ? " 0.5" : option == "--shrinkage" ? " oas" : "";
    CHECK(contains(said(option + value),
                   "p-values hold for Gaussian rows if M is the inverse of their covariance; "
                   "this M is of cov " +
                       option + "\n"));
  }
}
