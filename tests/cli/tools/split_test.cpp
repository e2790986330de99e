#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// The rows of a CSV text without its header, sorted.
std::vector<std::string> sorted_rows(const std::string& csv) {
  std::vector<std::string> rows = lines(csv);
  rows.erase(rows.begin());
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::string last_field(const std::string& line) { return line.substr(line.rfind(',') + 1); }

/// How often each last field occurs.
std::map<std::string, int> label_counts(const std::string& csv) {
  std::map<std::string, int> counts;
  for (const std::string& row : sorted_rows(csv)) ++counts[last_field(row)];
  return counts;
}

}  // namespace

TEST_CASE("maha-split: a hold-out's two files are all of the rows, in their order, each class in proportion") {
  const Sandbox box;
  CHECK(box.run("maha-split --test 0.3 datasets/iris.csv --train-out train.csv --test-out test.csv").status == 0);
  CHECK(box.files() == std::vector<std::string>{"test.csv", "train.csv"});
  const std::string all = box.run("cat datasets/iris.csv").out;
  const std::string train = box.read("train.csv"), test = box.read("test.csv");
  std::vector<std::string> joined = sorted_rows(train);
  for (const std::string& row : sorted_rows(test)) joined.push_back(row);
  std::sort(joined.begin(), joined.end());
  CHECK(joined == sorted_rows(all));
  CHECK(label_counts(test) == std::map<std::string, int>{{"setosa", 15}, {"versicolor", 15}, {"virginica", 15}});
  CHECK(box.run("maha-split --test 0.3 datasets/iris.csv --part test").out == test);
  CHECK(box.run("maha-split --test 0.3 --part train < datasets/iris.csv").out == train);
  CHECK(box.run("maha-split --test 0.3 --part train --seed 2 < datasets/iris.csv").out != train);
  CHECK(box.run("maha-split --test 0.3 datasets/wine.csv --train-out train.csv --test-out test.csv").status == 0);
  CHECK(box.run("grep -vxFf test.csv datasets/wine.csv | diff - <(sed 1d train.csv)").out == "");  // no row is twice
}

TEST_CASE("maha-split: folds are the same rows whether assigned or asked for one by one") {
  const Sandbox box;
  const Outcome assigned = box.run("maha-split --folds 10 --assign fold datasets/wine.csv");
  CHECK(assigned.status == 0);
  CHECK(lines(assigned.out).front() == lines(box.run("head -1 datasets/wine.csv").out).front() + ",fold");
  std::map<std::string, int> sizes = label_counts(assigned.out);
  CHECK(sizes.size() == 10);
  for (const auto& [fold, size] : sizes) CHECK((size == 17 || size == 18));
  std::string third = lines(assigned.out).front() + "\n";
  for (const std::string& line : lines(assigned.out)) {
    if (last_field(line) == "3") third += line + "\n";
  }
  box.write("third.csv", third);
  CHECK(box.run("maha-split --folds 10 --fold 3 --part test datasets/wine.csv | diff - <(sed 's/,[^,]*$//' third.csv)")
            .out == "");
  CHECK(lines(box.run("maha-split --folds 10 --fold 3 --part train datasets/wine.csv").out).size() ==
        179 - lines(third).size() + 1);
}

TEST_CASE("maha-split: --assign says train or test for a hold-out, in the file's own delimiter and line ends") {
  const Sandbox box;
  const Outcome run = box.run("maha-split --test 0.5 --assign part -", "a;class\r\n1;x\r\n2;x\r\n3;y\r\n4;y\r\n");
  CHECK(run.status == 0);
  std::multiset<std::string> parts;
  for (const std::string& line : lines(run.out)) parts.insert(line.substr(line.rfind(';')));
  CHECK(parts == std::multiset<std::string>{";part\r", ";test\r", ";test\r", ";train\r", ";train\r"});
}

TEST_CASE("maha-split: records pass byte for byte, whatever their features hold") {
  const Sandbox box;
  const std::string csv = "name, v ,class\r\n\"two\nlines\",?,x\r\nabc ,1e999,\"x\"\r\n,,y\n\"q\"\"q\",0,y\n";
  const Outcome train = box.run("maha-split --folds 2 --fold 1 --part train", csv);
  const Outcome test = box.run("maha-split --folds 2 --fold 1 --part test", csv);
  CHECK(train.status == 0);
  CHECK(train.out.size() + test.out.size() == csv.size() + std::string("name, v ,class\r\n").size());
  for (const char* record : {"\"two\nlines\",?,x\r\n", "abc ,1e999,\"x\"\r\n", ",,y\n", "\"q\"\"q\",0,y\n"}) {
    CHECK(contains(train.out, record) != contains(test.out, record));
  }
}

TEST_CASE("maha-split: the split does not depend on what labels are called, nor on threads or gzip") {
  const Sandbox box;
  const std::string folds = box.run("maha-split --folds 5 --assign f datasets/iris.csv | sed 's/.*,//'").out;
  CHECK(box.run("sed 's/setosa/zzz/' datasets/iris.csv | maha-split --folds 5 --assign f | sed 's/.*,//'").out ==
        folds);
  CHECK(box.run("gzip -c datasets/iris.csv | maha-split --folds 5 --assign f -j 2 | sed 's/.*,//'").out == folds);
}

TEST_CASE("maha-split: --group keeps rows together, --unlabeled needs no labels") {
  const Sandbox box;
  std::string csv = "who,v,class\n";
  for (int i = 0; i < 60; ++i) {
    csv += "p" + std::to_string(i / 3) + "," + std::to_string(i) + "," + (i % 2 ? "a" : "b") + "\n";
  }
  const Outcome run = box.run("maha-split --folds 4 --group who --assign fold", csv);
  CHECK(run.status == 0);
  std::map<std::string, std::set<std::string>> folds_of;
  for (const std::string& line : lines(run.out)) folds_of[line.substr(0, line.find(','))].insert(last_field(line));
  CHECK(folds_of.size() == 21);
  for (const auto& [who, folds] : folds_of) CHECK(folds.size() == 1);
  CHECK(lines(box.run("maha-split --test 0.25 --unlabeled --part test", "1.5,2\n2,3\n3,4\n4.5,1\n").out).size() == 1);
  CHECK(box.run("maha-split --folds 2 --group who --id v --assign fold", csv).status == 0);
}

TEST_CASE("maha-split: what --fold goes with is said where it is missing, too much, or none of the folds") {
  const Sandbox box;
  const auto refused = [&](const std::string& options) {
    const Outcome run = box.run("maha-split datasets/iris.csv " + options);
    CHECK(run.status == 2);
    return run.err;
  };
  const std::string needs =
      " --fold N: which of the 5 folds is the test; or write the fold of each row by --assign NAME\n";
  CHECK(refused("--folds 5 --part test") == "maha-split: --part needs" + needs);
  CHECK(refused("--folds 5 --test-out a") == "maha-split: --train-out and --test-out need" + needs);
  CHECK(refused("--test 0.3 --fold 1 --part test") == "maha-split: --fold: goes with --folds K\n");
  CHECK(refused("--folds 5 --fold 6 --part test") == "maha-split: --fold: 6 is none of the 5 folds\n");
  CHECK(refused("--folds 5 --fold 1 --assign f") ==
        "maha-split: --fold: goes without --assign, which writes the fold of each row\n");
}

TEST_CASE("maha-split: what the command line alone shows to be wrong is 2") {
  const Sandbox box;
  for (const char* options : {"",
                              "--part test",
                              "--test 0.3",
                              "--test 0.3 --folds 5 --fold 1 --part test",
                              "--test 0 --part test",
                              "--test 1 --part test",
                              "--test x --part test",
                              "--folds 1 --fold 1 --part test",
                              "--folds 5 --part test",
                              "--folds 5 --fold 6 --part test",
                              "--folds 5 --fold 0 --part test",
                              "--folds 5 --fold 1 --assign f",
                              "--test 0.3 --fold 1 --part test",
                              "--test 0.3 --part all",
                              "--test 0.3 --part test --assign f",
                              "--test 0.3 --part test --test-out a",
                              "--test 0.3 --train-out a --test-out a",
                              "--test 0.3 --train-out a -o b",
                              "--test 0.3 --part test --missing mean",
                              "--test 0.3 --part test --header maybe",
                              "--test 0.3 --part test other.csv"}) {
    const Outcome run = box.run(std::string("maha-split datasets/iris.csv ") + options);
    CHECK(run.status == 2);
    CHECK(run.out == "");
    CHECK(run.err.starts_with("maha-split: "));
    CHECK(lines(run.err).size() == 1);
  }
  CHECK(box.files().empty());
}

TEST_CASE("maha-split: what it takes the file to know is 1, and old files stay") {
  const Sandbox box;
  box.write("old.csv", "old\n");
  const auto fails = [&](const std::string& options, const std::string& input, const std::string& message) {
    check_refused(box.run("maha-split " + options + " --part test -o old.csv", input), 1, message);
  };
  fails("--folds 5 --fold 1", "a,class\n1,x\n2,y\n", "standard input: 5 folds");
  fails("--test 0.1", "a,class\n1,x\n2,y\n", "standard input: a test share of 0.1 of 2 rows leaves no test rows");
  fails("--folds 3 --fold 1 --group a", "a,class\n1,x\n1,y\n2,x\n", "3 folds");
  fails("--folds 2 --fold 1 --group b", "a,class\n1,x\n1,y\n2,x\n", "no column 'b'");
  fails("--folds 2 --fold 1", "a,class\n1,x\n1,y,z\n", "standard input:3:");
  fails("--folds 2 --fold 1", "a,b\n1,0.5\n2,1.5\n", "is it a label?");
  fails("--folds 2 --fold 1 absent.csv", "", "absent.csv");
  CHECK(box.run("maha-split --folds 2 --assign a", "a,class\n1,x\n2,y\n").status == 1);
  CHECK(box.run("maha-split --test .5 datasets/iris.csv --train-out old.csv --test-out none/t.csv").status == 1);
  CHECK(box.read("old.csv") == "old\n");
  CHECK(box.files() == std::vector<std::string>{"old.csv"});
}
