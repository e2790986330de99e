#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "harness.hpp"

using namespace maha::test;
using Json = nlohmann::json;

namespace {

std::vector<Json> json_lines(const std::string& text) {
  std::vector<Json> all;
  for (const std::string& line : lines(text)) all.push_back(Json::parse(line));
  return all;
}

int errors_of(const Outcome& run) { return json_lines(run.out).at(0).at("errors"); }

}  // namespace

TEST_CASE("maha-knn: leave-one-out 3-NN on iris makes 6 errors, and reads no standard input") {
  const Sandbox box;
  const Outcome run = box.run("maha-knn --leave-one-out -k 3 --train datasets/iris.csv", "this is no CSV file");
  CHECK(run.status == 0);
  CHECK(run.err == "");
  CHECK(contains(run.out, "accuracy 0.9600, error 0.0400: 6 of 150 rows wrong\n"));
  CHECK(contains(run.out, "virginica              0           3         47\n"));
}

TEST_CASE("maha-knn: several k in one pass are what each gives alone, and --json holds the same figures") {
  const Sandbox box;
  CHECK(box.run(kSplitWine).status == 0);
  const Outcome all = box.run("maha-knn -k 1,3,5 --standardize --train train.csv test.csv --json");
  CHECK(all.status == 0);
  CHECK(all.err == "");
  std::string one_by_one;
  for (const char* k : {"1", "3", "5"}) {
    one_by_one +=
        box.run(std::string("maha-knn --json --scale zscore --train train.csv -k ") + k, box.read("test.csv")).out;
  }
  CHECK(all.out == one_by_one);
  const Json line = json_lines(all.out).at(1);
  CHECK(line["k"] == 3);
  CHECK(line["rows"] == 53);
  CHECK(line["algorithm"] == "euclidean");
  CHECK(line["parameters"] == Json{{"scale", "zscore"}});
  CHECK(line["accuracy"].get<double>() + line["error"].get<double>() == doctest::Approx(1));
  const Outcome text = box.run("maha-knn -k 3 --standardize --train train.csv test.csv -o report.txt");
  CHECK(text.out == "");
  CHECK(contains(box.read("report.txt"), std::to_string(line["errors"].get<int>()) + " of 53 rows wrong"));
}

TEST_CASE("maha-knn: --predictions gives every row with its number, id and label, and agrees with the report") {
  const Sandbox box;
  box.write("train.csv", "id,x,class\np,0,a\nq,1,a\nr,10,b\n");
  const Outcome run = box.run("maha-knn -k 1,3 --train train.csv --id id --predictions p.csv --missing skip --json",
                              "id,x,class\nu,0.4,a\nv,,a\n\"w,w\",8,a\nt,9,b\n");
  CHECK(run.status == 0);
  CHECK(contains(run.err, "1 of 4 rows skipped"));
  CHECK(box.read("p.csv") ==
        "row,id,label,k,predicted\n1,u,a,1,a\n1,u,a,3,a\n3,\"w,w\",a,1,b\n3,\"w,w\",a,3,a\n4,t,b,1,b\n4,t,b,3,a\n");
  const auto reports = json_lines(run.out);
  CHECK(reports.at(0)["errors"] == 1);
  CHECK(reports.at(1)["errors"] == 1);
  CHECK(reports.at(0)["confusion"]["counts"] == Json::parse("[[1,1],[0,1]]"));
}

TEST_CASE("maha-knn --leave-one-out: a note where the model was learned from as many rows, and so perhaps from these") {
  const Sandbox box;
  CHECK(
      box.run("maha-lda datasets/iris.csv -o iris.json; maha-mlkr --max-iterations 1 datasets/diabetes.csv -o r.json; "
              "sed 2d datasets/iris.csv > fewer.csv")
          .status == 0);
  const std::string flattered = "iris.json: learned from 150 rows too; if from these, ",
                    once = "maha-knn --leave-one-out ";
  const Outcome own = box.run(once + "-m iris.json --train datasets/iris.csv");
  CHECK(own.status == 0);
  CHECK(contains(own.err, "note: " + flattered));
  CHECK(box.run(once + "-q -m iris.json --train datasets/iris.csv").err.empty());
  CHECK(box.run(once + "-m iris.json --train fewer.csv").err.empty());
  CHECK(box.run(once + "--train datasets/iris.csv").err.empty());
  CHECK(box.run("maha-knn -m iris.json --train datasets/iris.csv datasets/iris.csv").err.empty());
  CHECK(contains(box.run(once + "--regress -m r.json --train datasets/diabetes.csv").err, "from 442 rows too"));
}

TEST_CASE("maha-knn: --votes decides ties, labels in numeric order") {
  const Sandbox box;
  box.write("train.csv", "x,class\n1,10\n2,9\n");
  const std::string row = "x,class\n1.25,9\n";
  CHECK(errors_of(box.run("maha-knn -k 2 --json --votes shrink --train train.csv", row)) == 1);
  CHECK(errors_of(box.run("maha-knn -k 2 --json --votes lowest --train train.csv", row)) == 0);
  CHECK(errors_of(box.run("maha-knn -k 2 --json --votes weighted --train train.csv", row)) == 1);
}

TEST_CASE("maha-knn: a model's distance, its columns by name in any order, its label by name") {
  const Sandbox box;
  box.write("model.json",
            R"({"format":"maha-model","version":1,"metric":{"M":[[1,0],[0,0]]},"features":["u","v"],"label":"kind",)"
            R"("algorithm":"by hand","parameters":{"push_weight":0.5}})");
  box.write("train.csv", "kind,v,extra,u\na,0,text,0\nb,9,text,1\n");
  const std::string test = "v,u,kind\n9,0.1,a\n0,0.9,b\n";  // the Euclidean distance errs on both
  const Outcome run = box.run("maha-knn -k 1 --json --model model.json --train train.csv -", test);
  CHECK(run.status == 0);
  CHECK(errors_of(run) == 0);
  CHECK(json_lines(run.out).at(0)["algorithm"] == "by hand");
  CHECK(json_lines(run.out).at(0)["parameters"] == Json{{"push_weight", 0.5}});
  CHECK(contains(run.err, "columns not used: extra"));
  CHECK(box.run("maha-knn -q -k 1 -m model.json --train train.csv", test).err == "");
  CHECK(errors_of(box.run("maha-knn -k 1 --json --drop extra --label kind --train train.csv", test)) == 2);
}

TEST_CASE("maha-knn: a label that training never saw is an error and is warned about") {
  const Sandbox box;
  box.write("train.csv", "x,class\n1,a\n2,b\n");
  const Outcome run = box.run("maha-knn -q -k 1 --json --train train.csv", "x,class\n1,a\n2,zebra\n1,zebra\n");
  CHECK(run.status == 0);
  CHECK(errors_of(run) == 2);
  CHECK(contains(run.err, "warning: standard input: labels never seen in training count as errors: zebra (rows: 2)"));
}

TEST_CASE("maha-knn: preprocessing is fitted on the training rows alone") {
  const Sandbox box;
  box.write("train.csv", "x,y,class\n0,0,a\n0,1000,a\n1,0,b\n1,1000,b\n");
  const std::string near = "x,y,class\n0,450,a\n1,550,b\n";
  const std::string far = near + "0,99999999,a\n";  // were it fitted on, y would hardly matter
  const auto of_first_two = [&](const std::string& test) {
    CHECK(box.run("maha-knn -k 1 --scale minmax --train train.csv --predictions p.csv", test).status == 0);
    return box.read("p.csv").substr(0, 40);
  };
  CHECK(of_first_two(near) == of_first_two(far).substr(0, of_first_two(near).size()));
  CHECK(box.run("maha-knn -k 1 --pca 1 --train train.csv", near).status == 0);
}

TEST_CASE("maha-knn: duplicates, contradictory labels, equal rows, one row, one column, no distance at all") {
  const Sandbox box;
  CHECK(box.run("maha-knn --leave-one-out -k 2 --standardize --train -", "x,y,class\n1,1,a\n1,1,b\n1,1,a\n1,1,b\n")
            .status == 0);
  box.write("one.csv", "5,a\n");
  CHECK(errors_of(box.run("maha-knn -k 1 --json --train one.csv", "7,a\n8,b\n")) == 1);
  box.write("zero.json", R"({"format":"maha-model","version":1,"metric":{"M":[[0]]}})");
  CHECK(errors_of(box.run("maha-knn -k 1 --json -m zero.json --train one.csv", "7,a\n8,b\n")) == 1);
}

TEST_CASE("maha-knn: the same bytes on any number of threads, from files, pipes, FIFOs and gzip") {
  const Sandbox box;
  CHECK(box.run(kSplitWine).status == 0);
  const std::string command = "maha-knn -k 1,4 --standardize --pca 5 --json --predictions p.csv --train ";
  const std::string expected = box.run(command + "train.csv test.csv -j 1").out;
  const std::string predictions = box.read("p.csv");
  CHECK(!expected.empty());
  for (const char* rest : {"train.csv test.csv -j 2", "train.csv test.csv -j 5", "train.csv - < test.csv",
                           "- test.csv < train.csv", "<(cat train.csv) <(gzip -c test.csv)"}) {
    CHECK(box.run(command + rest).out == expected);
    CHECK(box.read("p.csv") == predictions);
  }
  CHECK(box.run("mkfifo a b; cat train.csv > a & cat test.csv > b & " + command + "a b; wait").out == expected);
  CHECK(box.run("MAHA_THREADS=2 " + command + "train.csv test.csv").out == expected);
}

TEST_CASE("maha-knn: what the command line alone shows to be wrong is 2") {
  const Sandbox box;
  for (const char* options :
       {"datasets/iris.csv", "--train datasets/iris.csv -k 0 datasets/iris.csv",
        "--train datasets/iris.csv -k 3,-1 datasets/iris.csv", "--train datasets/iris.csv -k 1.5 datasets/iris.csv",
        "--train absent.csv -k 3,0 datasets/iris.csv", "--train datasets/iris.csv --votes most datasets/iris.csv",
        "--train datasets/iris.csv --leave-one-out datasets/iris.csv", "--train - -", "--train - < datasets/iris.csv",
        "--train datasets/iris.csv -m - - < datasets/iris.csv", "--train datasets/iris.csv --unlabeled",
        "--train datasets/iris.csv -m m.json --standardize datasets/iris.csv",
        "--train datasets/iris.csv -m m.json --pca 2 datasets/iris.csv",
        "--train datasets/iris.csv --pca 0 datasets/iris.csv",
        "--train datasets/iris.csv datasets/iris.csv --predictions -",
        "--train datasets/iris.csv datasets/iris.csv --predictions o -o o", "--leave-one-out"}) {
    const Outcome run = box.run(std::string("maha-knn ") + options, "x,class\n1,a\n");
    CHECK(run.status == 2);
    CHECK(run.out == "");
    CHECK(run.err.starts_with("maha-knn: "));
    CHECK(lines(run.err).size() == 1);
  }
  CHECK(box.files().empty());
}

TEST_CASE("maha-knn: what it takes a file to know is 1, and says which file; old outputs stay") {
  const Sandbox box;
  box.write("train.csv", "x,y,class\n1,2,a\n3,4,b\n");
  box.write("old", "old\n");
  const auto fails = [&](const std::string& options, const std::string& input, const std::string& message) {
    check_refused(box.run("maha-knn --train train.csv -o old --predictions old.csv " + options, input), 1, message);
    CHECK(box.read("old") == "old\n");
    CHECK_FALSE(box.exists("old.csv"));
  };
  fails("-k 3", "x,y,class\n1,2,a\n", "train.csv: k = 3 is more than the number of rows, 2");
  fails("-k 2 --leave-one-out", "", "train.csv: k = 2 is more than the number of other rows, 1");
  fails("-k 1", "x,class\n1,a\n", "no column 'y'");
  fails("-k 1", "x,y\n1,2\n", "standard input");
  fails("-k 1", "x,y,class\n1,2,a\n1,oops,a\n", "standard input:3: column 2 (y): 'oops' is not a number");
  fails("-k 1", "x,y,class\n1,2\n", "standard input:2: 2 fields where 3 columns are expected");
  fails("-k 1", "", "standard input: is empty");
  fails("-k 1 --pca 3", "x,y,class\n1,2,a\n", "PCA to 3");
  fails("-k 1 -m absent.json", "", "absent.json: No such file");
  fails("-k 1 absent.csv", "", "absent.csv: No such file");
  CHECK(box.run("maha-knn -k 1 --leave-one-out --train train.csv -o none/report").status == 1);
  CHECK(box.run("maha-knn -k 1 --leave-one-out --train train.csv --predictions none/p.csv").status == 1);
}

TEST_CASE("maha-knn --retrieval: in text and JSON, with test rows and leave-one-out") {
  const Sandbox box;
  box.write("train.csv", "x,class\n1,a\n2,b\n3,a\n4,b\n5,b\n6,a\n");
  box.write("test.csv", "x,class\n0,a\n0,c\n");
  const Outcome text = box.run("maha-knn -q -k 1 --retrieval --train train.csv test.csv");
  CHECK(text.status == 0);
  CHECK(contains(text.out,
                 "\nretrieval, 1 row, 1 without a row of their class\n\nrecall@1     1.0000\nrecall@5     1.0000\n"
                 "recall@10    1.0000\nR-precision  0.6667\nMAP@R        0.5556\nMRR          1.0000\n"));
  const auto found = json_lines(box.run("maha-knn -k 1,2 --retrieval --json --train train.csv test.csv").out);
  REQUIRE(found.size() == 2);
  CHECK(found[0]["retrieval"] == found[1]["retrieval"]);
  CHECK(found[0]["retrieval"]["r_precision"].get<double>() == doctest::Approx(2.0 / 3));
  CHECK(found[0]["retrieval"]["without"] == 1);
  const std::string iris = "maha-knn --leave-one-out --json --train datasets/iris.csv";
  const auto left_out = json_lines(box.run(iris + " --retrieval -k 1").out).at(0);
  CHECK(left_out["retrieval"]["queries"] == 150);
  CHECK(left_out["retrieval"]["recall_at_1"] == left_out["accuracy"]);
  CHECK(box.run(iris + " --retrieval -j 3").out == box.run(iris + " --retrieval -j 1").out);
  CHECK(!json_lines(box.run(iris).out).at(0).contains("retrieval"));
  const Outcome refused = box.run("maha-knn --rule energy --retrieval --train datasets/iris.csv datasets/iris.csv");
  CHECK(refused.status == 2);
  CHECK(contains(refused.err, "--rule energy: goes without --retrieval"));
}

TEST_CASE("MAHA_KERNEL: every kernel finds the same; one that the processor lacks, or that is none, is refused") {
  const Sandbox box;
  const std::string knn = "maha-knn --leave-one-out -k 3 --train datasets/digits.csv";
  const Outcome usual = box.run(knn);
  CHECK(usual.status == 0);
  CHECK(box.run("MAHA_KERNEL= " + knn).out == usual.out);
  CHECK(box.run("MAHA_KERNEL=portable " + knn).out == usual.out);
  for (const std::string kernel : {"avx2", "avx512", "vnni"}) {
    const Outcome run = box.run("MAHA_KERNEL=" + kernel + " " + knn);
    if (run.status == 0) {
      CHECK(run.out == usual.out);
    } else {
      check_refused(run, 2, "MAHA_KERNEL: this processor does not run '" + kernel + "', only portable");
    }
  }
  const std::string none = "MAHA_KERNEL: 'sse' is no kernel; there are portable, avx2, avx512, vnni";
  check_refused(box.run("MAHA_KERNEL=sse " + knn), 2, none);
  for (const std::string tool : {"maha-knn", "maha-neighbors", "maha-predict"}) {  // before a file is opened
    check_refused(box.run("MAHA_KERNEL=sse " + tool + " --train absent absent.csv"), 2, none);
  }
  check_refused(box.run("MAHA_KERNEL=sse maha-compare -a euclidean datasets/iris.csv"), 2, none);
}
