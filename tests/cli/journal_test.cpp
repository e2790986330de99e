/// maha-compare: a journal is held by one run at a time, and trusted in nothing; files of any name.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

TEST_CASE("maha-compare: runs at once leave one journal, which is whole") {
  const Sandbox box;
  const std::string command = "maha-compare -a euclidean -a cov --folds 3 datasets/iris.csv --format csv ";
  const std::string expected = box.run(command).out;
  for (int round = 0; round < 5; ++round) {
    box.run("rm -f jj r?; for k in 1 2 3 4; do " + command + "--journal jj -o r$k 2> e$k & done; wait");
    const Outcome after = box.run(command + "--journal jj");
    CHECK_MESSAGE(after.status == 0, after);
    CHECK(after.out == expected);
    CHECK(contains(after.err, "6 cells taken from the journal"));
    CHECK(box.run("grep -c maha-journal jj").out == "1\n");
    CHECK(box.run("cat jj | wc -l").out == "7\n");
    CHECK(box.run("cat r? | sort -u").out == box.run("sort -u", expected).out);  // at least one came through
  }
}

TEST_CASE("maha-compare: a journal that cannot be begun is not there, and one that was there stays") {
  const Sandbox box;
  const std::string command =
      "(ulimit -f 0; maha-compare -q -a cov --folds 2 datasets/iris.csv --journal j 2>&1) | cat";
  CHECK(contains(box.run(command).out, "maha-compare: j: File too large"));
  CHECK(box.files().empty());
  box.write("j", "");
  CHECK(contains(box.run(command).out, "maha-compare: j: File too large"));
  CHECK(box.read("j") == "");
  CHECK(box.files() == std::vector<std::string>{"j"});
}

TEST_CASE("maha-compare: a journal that another run holds is refused, and free when that has ended") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a cov --folds 2 datasets/iris.csv --journal j ";
  CHECK(box.run(command).status == 0);
  const std::string journal = box.read("j");
  check_refused(box.run("flock j " + command), 1, "maha-compare: j: another run is writing this journal");
  CHECK(box.read("j") == journal);
  CHECK(box.run(command).status == 0);
}

TEST_CASE("maha-compare: a journal's cells are checked; a last line that was cut off is done again, nothing else is") {
  const Sandbox box;
  const std::string command = "maha-compare -q -a euclidean -a 'cov:ridge=0|1' --folds 3 datasets/iris.csv ";
  const std::string result = box.run(command + "--journal whole").out;
  const auto refused = [&](const std::string& change, const std::string& message) {
    box.run("cp whole j; " + change);
    const std::string before = box.read("j");
    check_refused(box.run(command + "--journal j -o out"), 1, "maha-compare: j: " + message);
    CHECK(box.read("j") == before);
    CHECK_FALSE(box.exists("out"));
  };
  refused("echo '{}' >> j", "line 8 has no dataset");
  refused("echo >> j", "line 8: not JSON");
  refused("sed -n 3p whole >> j", "line 8 is of a run that a line before has the result of");
  refused("sed -i '3s/\"errors\":[0-9]*/\"errors\":999/' j", "line 3.errors is 999, and not from 0 to 50");
  refused("sed -i '3s/\"errors\":[0-9]*/\"errors\":-5/' j", "line 3.errors is -5, and not");
  refused("sed -i '4s/\"test_rows\":[0-9]*/\"test_rows\":0/' j", "line 4.test_rows is 0, and not 50");
  refused("sed -i '4s/\"dataset\":0/\"dataset\":1/' j", "line 4.dataset is 1, and not");
  refused("sed -i 's/ridge=0\"/ridge=7\"/;s/ridge=1\"/ridge=7\"/' j", "'ridge=7' is no choice of cov:ridge=0|1");
  refused("sed -i '3s/.\\{9\\}$//' j", "line 3: not JSON");
  refused("sed -i 's/$/\\r/' j", "is the journal of another experiment");
  for (const char* cut : {"head -c -1", "head -c -9", "head -c -100"}) {
    const Outcome again = box.run(std::string(cut) + " whole > j; " + command + "--journal j");
    CHECK_MESSAGE(again.status == 0, again);
    CHECK(again.out == result);
    CHECK(box.run("sort j | sed 's/_seconds\":[^,}]*//g'").out ==
          box.run("sort whole | sed 's/_seconds\":[^,}]*//g'").out);
  }
}

TEST_CASE("maha-compare --split: paths with = and commas, by what is there") {
  const Sandbox box;
  box.run(
      "maha-split --test 0.3 datasets/iris.csv --train-out a.csv --test-out b.csv; mkdir 'k=1' 'x,y';"
      "cp a.csv k=1; cp b.csv k=1; cp a.csv x,y; cp b.csv x,y; cp a.csv 'p=q.csv'; cp b.csv 'r,s.csv'");
  const auto first = [&](const std::string& split) {
    const Outcome outcome = box.run("maha-compare -a cov --format csv --split '" + split + "'");
    CHECK_MESSAGE(outcome.status == 0, outcome);
    return lines(outcome.out).back();
  };
  const std::string plain = first("a.csv,b.csv");
  CHECK(plain.starts_with("a,cov,1,,105,45,"));
  CHECK(first("k=1/a.csv,k=1/b.csv") == plain);
  CHECK(first("x,y/a.csv,x,y/b.csv") == plain);
  CHECK(first("./k=1/a.csv,b.csv") == plain);
  CHECK(first("wine=k=1/a.csv,k=1/b.csv") == "wine" + plain.substr(1));
  CHECK(first("p=q.csv,r,s.csv") == "p=q" + plain.substr(1));
  CHECK(first("p=a.csv,r,s.csv") == "p" + plain.substr(1));
  box.run("cp a.csv q.csv");
  CHECK(first("p=q.csv,b.csv") == "p" + plain.substr(1));  // both are there: a name, as the page says
  check_refused(box.run("maha-compare -a cov --split k=2/a.csv,k=2/b.csv"), 1, "2/a.csv: No such file");
  check_refused(box.run("maha-compare -a cov --split k=1/a.csv"), 2, "is not TRAIN,TEST");
}
