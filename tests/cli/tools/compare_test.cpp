/// maha-compare: experiments on many data sets.

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "columns.hpp"
#include "harness.hpp"

using namespace maha::test;

namespace {

const std::string kTwo = "-a euclidean -a 'lmnn:k=2,standardize=true' --folds 3 datasets/iris.csv datasets/wine.csv";

}  // namespace

TEST_CASE("maha-compare: the same bytes again, with any number of threads, from its own result, and resumed") {
  const Sandbox box;
  const std::string grid = "maha-compare --format json " + kTwo + " -a 'mmc:count=300,ridge=1e-6|1e-2'";
  const Outcome once = box.run(grid + " -j 1 -o a.json --journal journal --times times.csv");
  REQUIRE_MESSAGE(once.status == 0, once);
  const std::string result = box.read("a.json");
  CHECK(box.run(grid + " -j 3").out == result);
  CHECK(box.run("maha-compare --experiment a.json --format json").out == result);
  CHECK(lines(box.read("journal")).size() == 1 + 2 * 3 * 3);
  CHECK(lines(box.read("times.csv")).size() == 1 + 2 * 3 * 3);

  box.run("head -c $(($(wc -c < journal) / 2)) journal > half");  // cut off within a line
  const Outcome resumed = box.run(grid + " -o b.json --journal half");
  CHECK(contains(resumed.err, "cells taken from the journal"));
  CHECK(box.read("b.json") == result);
  CHECK(lines(box.read("half")).size() == lines(box.read("journal")).size());
  CHECK(contains(box.run(grid + " -o b.json --journal half").err, "18 cells taken"));
}

TEST_CASE("maha-compare: its JSON holds the whole comparison") {
  const Sandbox box;
  const auto json = nlohmann::json::parse(box.run("maha-compare --format json " + kTwo).out);
  CHECK(json["format"] == "maha-results");
  CHECK(json["experiment"]["protocol"]["folds"] == 3);
  CHECK(json["algorithms"][1] == "lmnn:k=2,standardize=true");
  CHECK(json["datasets"][1]["rows"] == 178);
  CHECK(json["cells"].size() == 12);
  CHECK(json["summary"].size() == 4);
  double sum = 0;
  for (int fold = 0; fold < 3; ++fold) sum += json["cells"][fold]["accuracy"].get<double>();
  CHECK(json["summary"][0]["accuracy"].get<double>() == doctest::Approx(sum / 3));
  CHECK(json["t_tests"].size() == 2);
  CHECK(json["wilcoxon"][0]["holm"].is_number());
}

TEST_CASE("maha-compare: what fails is reported in its cell and the rest goes on") {
  const Sandbox box;
  const Outcome some = box.run("maha-compare -a euclidean -a lmnn:k=60 --folds 3 datasets/iris.csv");
  CHECK(some.status == 0);
  CHECK(contains(some.out, "failed"));
  CHECK(contains(some.err, "warning: iris, lmnn:k=60: failed: class setosa has 33 rows"));
  CHECK(box.run("maha-compare -a lmnn:k=60 datasets/iris.csv").status == 1);
}

TEST_CASE("maha-compare: published splits") {
  const Sandbox box;
  box.run(
      "maha-split --folds 3 --assign fold datasets/iris.csv -o folds.csv; "
      "awk -F, 'NR > 1 {print $6}' folds.csv > iris.folds; cp datasets/iris.csv .");
  const std::string own = box.run("maha-compare -a cov --folds 3 datasets/iris.csv --format csv").out;
  const auto errors = [](const Outcome& outcome) { return column(outcome.out, "errors"); };
  CHECK(errors(box.run("maha-compare -a cov --fold-column fold folds.csv --format csv")) == column(own, "errors"));
  CHECK(errors(box.run("maha-compare -a cov --folds-file '{.}.folds' iris.csv --format csv")) == column(own, "errors"));
  CHECK(contains(box.run("maha-compare -a cov --folds-file iris.folds datasets/wine.csv").err,
                 "has 150 folds for the 178 rows"));
  box.run(
      "for f in 1 2 3; do maha-split --folds 3 --fold $f iris.csv --train-out $f.train.csv --test-out $f.test.csv; "
      "done");
  const Outcome parts = box.run(
      "maha-compare -a cov --split iris=1.train.csv,1.test.csv --split iris=2.train.csv,2.test.csv "
      "--split iris=3.train.csv,3.test.csv --format csv");
  CHECK_MESSAGE(errors(parts) == column(own, "errors"), parts);
}

TEST_CASE("maha-compare: a grid is chosen within the training rows and reported for each fold") {
  const Sandbox box;
  const Outcome outcome = box.run(
      "maha-compare -a 'lmnn:push-weight=0.1|0.9,k=1|3' --folds 2 --inner-folds 2 datasets/iris.csv --format csv");
  REQUIRE(outcome.status == 0);
  for (const std::string& line : lines(outcome.out)) {
    if (line.starts_with("iris")) CHECK_MESSAGE(contains(line, "\"push-weight=0."), line);
  }
  const std::string text = box.run("maha-compare -a 'cov:ridge=0|1e9' --folds 2 datasets/wine.csv --format md").out;
  CHECK_MESSAGE(contains(text, "| wine | cov:ridge=0\\|1e9 | ridge=0 (2) |"), text);
}

TEST_CASE("maha-compare -k: of several numbers of voters one is chosen within the training rows, as -k and in a spec") {
  const Sandbox box;
  const std::string rest = " --folds 3 datasets/wine.csv datasets/iris.csv --format ";
  const Outcome all = box.run("maha-compare -a cov -a lmnn:k=2 -k 1,3,9" + rest + "csv");
  REQUIRE_MESSAGE(all.status == 0, all);
  const std::string spec = "maha-compare -a c=cov:vote-k='1|3|9' -a l=lmnn:k=2,vote-k='1|3|9'" + rest + "csv";
  CHECK(column(box.run(spec).out, "errors") == column(all.out, "errors"));
  CHECK(column(box.run(spec).out, "chosen") == column(all.out, "chosen"));
  for (const std::string& chosen : column(all.out, "chosen")) CHECK(chosen.starts_with("vote-k="));
  const std::string own = box.run("maha-compare -a cov -a l=lmnn:vote-k=9 --folds 3 datasets/iris.csv").out;
  CHECK_MESSAGE(own.starts_with("Accuracy in % of 3-NN where an algorithm names no other k, mean"), own);
  const std::string text = box.run("maha-compare -a cov -k 1,3,9 --folds 3 datasets/iris.csv").out;
  CHECK_MESSAGE(text.starts_with("Accuracy in % of k-NN with k = 1, 3 or 9, mean"), text);
  const std::string json = box.run("maha-compare -a cov -k 1,3" + rest + "json -o r.json --journal j; cat r.json").out;
  CHECK(contains(json, "\"neighbors\":[1,3],"));
  CHECK(box.run("maha-compare --experiment r.json --format json").out == json);
  CHECK(box.run("maha-compare --from r.json --format json").out == json);
  CHECK(contains(box.run("maha-compare -a cov -k 1,3 --journal j" + rest + "json").err, "6 cells taken"));
  check_refused(box.run("maha-compare -a cov -k 1,0 datasets/iris.csv"), 2, "-k,--neighbors: 0 must be at least 1");
  check_refused(box.run("maha-compare -a cov:vote-k=0 datasets/iris.csv"), 2, "vote-k: 0 must be at least 1");
}

TEST_CASE("maha-compare: bad usage and bad experiments") {
  const Sandbox box;
  const auto fails = [&](const std::string& arguments, int status, const std::string& message) {
    check_refused(box.run("maha-compare " + arguments), status, message);
  };
  fails("-a tree datasets/iris.csv", 2, "'tree' is no algorithm; there are euclidean, cov");
  fails("-a lmnn:speed=9 datasets/iris.csv", 2, "algorithm 'lmnn:speed=9': there is no option 'speed'");
  fails("-a lmnn:k=few datasets/iris.csv", 2, "'few' is not a whole number");
  fails("-a lmnn:k=1,k=2 datasets/iris.csv", 2, "'k' is given twice");
  fails("-a cov -a cov datasets/iris.csv", 2, "two algorithms are called 'cov': leave one out");
  fails("-a cov datasets/iris.csv ./datasets/iris.csv", 2,
        "two data sets are called 'iris': datasets/iris.csv and ./datasets/iris.csv: rename one");
  fails("-a cov datasets/iris.csv datasets/iris.csv", 2, "datasets/iris.csv twice: leave one out");
  fails("-a cov --folds 1 datasets/iris.csv", 2, "--folds: 1 must be at least 2");
  fails("-a cov -k 0 datasets/iris.csv", 2, "-k,--neighbors: 0 must be at least 1");
  fails("-a cov --folds 3 --test 0.3 datasets/iris.csv", 2, "give one of --folds, --test");
  fails("-a cov --split a.csv", 2, "'a.csv' is not TRAIN,TEST");
  fails("-a cov none.csv", 1, "none.csv: No such file");
  box.write("bad.json", R"({"datasets": [{"file": "datasets/iris.csv", "lable": "species"}], "algorithms": ["cov"]})");
  fails("--experiment bad.json", 1, "bad.json: datasets[1].lable is not known");
  box.write("worse.json", "{]");
  fails("--experiment worse.json", 1, "worse.json: not JSON");
  fails("--experiment bad.json -a cov", 2, "data sets and algorithms are in that file");
  for (const std::string option : {"--folds 5", "-k 1", "--seed 2", "--standardize", "--label class", "-n"}) {
    fails("--experiment bad.json " + option, 2, "does not go with --experiment: it is said in that file");
  }
  fails("--experiment none.json", 1, "maha-compare: none.json: No such file");
  const auto bad_file = [&](const std::string& algorithms, const std::string& protocol, const std::string& message) {
    box.write("e.json", R"({"datasets": [{"file": "datasets/iris.csv"}], "algorithms": [)" + algorithms +
                            R"(], "protocol": {)" + protocol + "}}");
    fails("--experiment e.json", 1, "maha-compare: e.json: " + message);
  };
  bad_file(R"("cov")", R"("folds": -3)", "protocol.folds: -3 must be at least 2");
  bad_file(R"("cov")", R"("folds": "3")", "protocol.folds is \"3\", and not a whole number\n");
  bad_file(R"("cov")", R"("seed": -3)", "protocol.seed is -3, and not a whole number from 0 on");
  bad_file(R"("cov")", R"("folds": 3, "test": 0.5)", "protocol has folds and test: give one");
  bad_file(R"("tree")", "", "algorithm 'tree': 'tree' is no algorithm");
  bad_file(R"({"name": "", "spec": "cov"})", "", "algorithm 1 has no name");
  bad_file("", "", "there is no algorithm to compare");
  box.write("e.json", "{\n  \"datasets\": [,");
  fails("--experiment e.json", 1, "e.json: not JSON: at line 2, column 16");
  box.write("e.json", R"({"format": "maha-results", "version": 2, "experiment": {}})");
  fails("--experiment e.json", 1, "format is not maha-results, version 1");
  fails("-a lmnn:k=1,neighbors=2 datasets/iris.csv", 2, "'k' and 'neighbors' are one option");
  fails("-a cov --folds 200 datasets/iris.csv", 1, "datasets/iris.csv: 200 folds are not between");
  for (const std::string option : {"--folds 3", "--test 0.5", "--fold-column 1", "--folds-file f", "--repeats 2"}) {
    fails("-a cov --split a.csv,b.csv " + option, 2, "what --split names is cut already");
  }
  fails("-a cov --split a.csv,", 2, "'a.csv,' is not TRAIN,TEST");
  fails("-a cov --split =a.csv,b.csv", 2, "data set 1 has no name");
  fails("-a cov --split -,-", 2, "standard input can be read only once");
  fails("-a cov --split x/a=b.csv,c.csv", 1, "x/a=b.csv: No such file");
  fails("-a cov datasets/iris.csv -o nowhere/x.json", 1, "nowhere");
}

TEST_CASE("maha-compare: an experiment file says what the command line says") {
  const Sandbox box;
  box.write("e.json", R"({"datasets": [{"name": "flowers", "file": "datasets/iris.csv", "drop": ["sepal_width"]}],
    "algorithms": ["cov", {"name": "margin", "spec": "lmnn:neighbors=2"}],
    "protocol": {"test": 0.3, "repeats": 2, "neighbors": 1, "scale": "zscore"}})");
  const std::string from_file = box.run("maha-compare --experiment e.json --format csv").out;
  const std::string direct =
      box.run(
             "maha-compare -a cov -a lmnn:neighbors=2 --drop sepal_width --test 0.3 --repeats 2 -k 1 --standardize "
             "datasets/iris.csv --format csv")
          .out;
  CHECK(column(from_file, "errors") == column(direct, "errors"));
  CHECK(column(from_file, "dataset") == std::vector<std::string>(4, "flowers"));
  CHECK(column(from_file, "algorithm").back() == "margin");
}

TEST_CASE("maha-compare: sets with few pairs give all they have; labels never seen are told") {
  const Sandbox box;
  box.write("small.csv", "x,y\n1,a\n2,a\n3,a\n4,a\n11,b\n12,b\n13,b\n14,b\n6,c\n");
  const Outcome outcome = box.run("maha-compare -a mmc -a itml -k 1 --folds 2 small.csv --format csv");
  CHECK_MESSAGE(outcome.status == 0, outcome);
  for (const std::string& failure : column(outcome.out, "failure")) CHECK(failure == "");
  CHECK_MESSAGE(contains(outcome.err, "small.csv: labels never seen in training count as errors: c\n"), outcome);
  CHECK(contains(box.run("maha-compare -a mmc:count=2000 -k 1 --folds 2 small.csv").err, "similar pairs are wanted"));
}

TEST_CASE("maha-compare: a journal is a file of its own, and no other file is touched") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a cov --folds 2 datasets/iris.csv ";
  for (const std::string content : {"one line, no end", "a line\n"}) {
    box.write("letter.txt", content);
    CHECK(box.run(command + "--journal letter.txt").status == 1);
    CHECK(box.read("letter.txt") == content);
  }
  box.write("cut", R"({"format":"maha-jou)");
  CHECK(box.run(command + "--journal cut").status == 0);
  CHECK(lines(box.read("cut")).size() == 3);
  CHECK(box.run(command + "--journal -").status == 2);
  CHECK(box.run(command + "--journal x -o x").status == 2);
  CHECK(box.run(command + "--journal x --times x").status == 2);
  CHECK_FALSE(box.exists("x"));
  CHECK(box.run(command + "--journal /dev/null").status == 0);
  const Outcome full = box.run(command + "--journal /dev/full");
  CHECK(full.status == 1);
  CHECK(full.err == "maha-compare: /dev/full: No space left on device\n");
}

TEST_CASE("maha-compare: names of any kind stay in their cells") {
  const Sandbox box;
  box.write("e.json", R"({"datasets": [{"name": "two\nlines", "file": "datasets/iris.csv"},
    {"name": "a|b*c", "file": "datasets/iris.csv"}], "algorithms": ["cov"], "protocol": {"folds": 2}})");
  const std::string text = box.run("maha-compare --experiment e.json").out;
  CHECK_MESSAGE(contains(text, "\ntwo\\nlines "), text);
  const std::string md = box.run("maha-compare --experiment e.json --format md").out;
  CHECK_MESSAGE(contains(md, "\n| two\\\\nlines | 150 | 2 |"), md);
  CHECK_MESSAGE(contains(md, "\n| a\\|b\\*c | 150 | 2 |"), md);
}

TEST_CASE("maha-compare: a fold that is missing, a fold with blanks, and what the table says of folds") {
  const Sandbox box;
  box.write("holes.csv", "x,fold,y\n1,1,a\n2,,a\n3,2,b\n4,2,b\n");
  CHECK(box.run("maha-compare -a cov --fold-column fold holes.csv").err ==
        "maha-compare: holes.csv: row 2 has no fold in column fold\n");
  box.write("rows.csv", "x,y\n1,a\n2,a\n3,b\n4,b\n");
  box.write("rows.folds", "1\n 2\n1 \n2\r\n\n");
  const Outcome outcome = box.run("maha-compare -a euclidean -k 1 --folds-file '{.}.folds' rows.csv");
  CHECK_MESSAGE(contains(outcome.out, "1-NN, mean ± sd over runs: the splits given.\n"), outcome);
  CHECK_MESSAGE(contains(outcome.out, "\nrows         4     2  "), outcome);
  CHECK(contains(box.run("maha-compare -a cov --folds-file '{.}.folds' --repeats 2 rows.csv").err, "there once"));
}

TEST_CASE("maha-compare: a signal ends it, -o is left alone and the journal keeps what was finished") {
  const Sandbox box;
  box.write("out.json", "old");
  const Outcome outcome = box.run(
      "set -m; maha-compare -j 1 -a euclidean -a lmnn:tolerance=1e-9 --repeats 50 datasets/digits.csv -o out.json "
      "--journal journal & pid=$!; until [ \"$(wc -l < journal)\" -ge 2 ]; do sleep 0.05; done 2> wait.txt; "
      "kill -INT $pid; wait $pid");
  CHECK(outcome.status == 130);
  CHECK(contains(outcome.err, "note: journal keeps the finished runs: the same command goes on from there\n"));
  CHECK(box.read("out.json") == "old");
  CHECK(lines(box.read("journal")).size() >= 2);
  const Outcome bare = box.run(
      "set -m; mkfifo pipe; maha-compare -j 1 -a euclidean -a lmnn:tolerance=1e-9 --repeats 50 datasets/digits.csv "
      "--journal pipe & pid=$!; exec 3< pipe; head -2 <&3 > first; kill -INT $pid; wait $pid");
  CHECK(bare.status == 130);
  CHECK(contains(bare.err, "with --journal FILE, the same command goes on from the finished runs\n"));
}

/// Of 30 rows the raw features, among which the first decides, get 6 + run wrong, the scaled ones, among which the nine
/// others outvote it, 5 + run.
TEST_CASE("maha-compare: the same difference in every run is no significance") {
  const Sandbox box;
  const std::string header = "f1,g0,g1,g2,g3,g4,g5,g6,g7,g8,class\n", zeros = ",0,0,0,0,0,0,0,0,0",
                    ones = ",1,1,1,1,1,1,1,1,1";
  std::string splits;
  for (int run = 0; run < 4; ++run) {
    const std::string r = std::to_string(run);
    box.write("train" + r + ".csv", header + "0" + zeros + ",a\n1000" + ones + ",b\n");
    std::string test = header;
    for (int i = 0; i < 30; ++i) {
      test += i < 6 + run ? "1000" + zeros + ",a\n" : "0" + (i < 25 - run ? zeros : ones) + ",a\n";
    }
    box.write("test" + r + ".csv", test);
    splits += " --split d=train" + r + ".csv,test" + r + ".csv";
  }
  const std::string command = "maha-compare -a euclidean -a euclidean:scale=zscore -k 1";
  const Outcome four = box.run(command + splits);
  CHECK(four.status == 0);
  CHECK(contains(four.out, "78.33 ± 4.30 =\n"));
  CHECK(contains(four.out, "\n=: all differences equal"));
  CHECK(contains(box.run(command + splits + " --format json").out,
                 R"("t":null,"p":null,"note":"all differences equal")"));
}
