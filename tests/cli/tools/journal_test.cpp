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
  refused("echo >> j", "line 8 is empty");
  refused("sed -n 3p whole >> j", "line 8 is of a run that a line before has the result of");
  refused("sed -i '3s/\"errors\":[0-9]*/\"errors\":999/' j", "line 3.errors is 999, and not from 0 to 50");
  refused("sed -i '3s/\"errors\":[0-9]*/\"errors\":-5/' j", "line 3.errors is -5, and not");
  refused("sed -i '4s/\"test_rows\":[0-9]*/\"test_rows\":0/' j", "line 4.test_rows is 0, and not 50");
  refused("sed -i '4s/\"dataset\":\"iris\"/\"dataset\":1/' j", "line 4.dataset is 1, and not text");
  refused("sed -i 's/ridge=0\"/ridge=7\"/;s/ridge=1\"/ridge=7\"/' j", "'ridge=7' is no choice of cov:ridge=0|1");
  refused("sed -i '3s/.\\{9\\}$//' j", "line 3: not JSON");
  refused("sed -i 's/$/\\r/' j", "is no journal");
  refused("echo '{\"format\":\"maha-journal\",\"version\":1,\"experiment\":{}}' > j; echo >> j",
          "is a journal of version 1, whose cells can go into no other experiment: name a new file");
  for (const char* cut : {"head -c -1", "head -c -9", "head -c -100"}) {
    const Outcome again = box.run(std::string(cut) + " whole > j; " + command + "--journal j");
    CHECK_MESSAGE(again.status == 0, again);
    CHECK(again.out == result);
    CHECK(box.run("sort j | sed 's/_seconds\":[^,}]*//g'").out ==
          box.run("sort whole | sed 's/_seconds\":[^,}]*//g'").out);
  }
}

TEST_CASE(
    "maha-compare: a journal is extended by algorithms, data sets, folds and repeats; the rest is taken from it") {
  const Sandbox box;
  const std::string first = "maha-compare --format json -a euclidean -a cov:ridge=1 --folds 3 datasets/iris.csv ";
  CHECK(box.run(first + "--journal j").status == 0);
  const auto taken = [](int cells) {
    return "note: " + std::to_string(cells) + (cells == 1 ? " cell" : " cells") + " taken from the journal";
  };
  const auto extended = [&](const std::string& command, int known, int worked_out) {
    const std::string fresh = box.run("maha-compare --format json " + command).out;
    CHECK(!fresh.empty());
    const auto before = lines(box.read("j")).size();
    const Outcome outcome = box.run("maha-compare --format json --journal j " + command);
    CHECK(outcome.out == fresh);
    CHECK_MESSAGE(contains(outcome.err, taken(known)), outcome);
    CHECK(lines(box.read("j")).size() == before + static_cast<std::size_t>(worked_out));
    CHECK(contains(box.run("maha-compare --journal j " + command).err, taken(known + worked_out)));
  };
  extended("-a euclidean -a cov:ridge=1 --folds 3 datasets/iris.csv", 6, 0);
  extended("-a lmnn:k=1 -a cov:ridge=1 -a euclidean --folds 3 datasets/iris.csv", 6, 3);
  extended("-a e=euclidean -a lmnn:k=1 --folds 3 datasets/wine.csv datasets/iris.csv", 6, 6);
  extended("-a cov:ridge=1 -a 'lmnn:k=1|2' --folds 3 --repeats 2 datasets/iris.csv", 3, 9);
  extended("-a euclidean -a cov:ridge=1 --folds 4 datasets/iris.csv", 0, 8);
  extended("-a cov:ridge=1 --folds 3 -k 5 datasets/iris.csv", 0, 3);
  extended("-a cov:ridge=1 --folds 3 --inner-folds 2 datasets/iris.csv", 3, 0);
  extended("-a cov:ridge=1 --folds 3 --standardize datasets/iris.csv", 0, 3);
  extended("-a cov:ridge=1 --test 0.3 datasets/iris.csv", 0, 1);

  const Outcome fewer = box.run("maha-compare -a cov:ridge=1 --folds 3 datasets/iris.csv --journal j");
  CHECK_MESSAGE(contains(fewer.err, "note: 3 cells taken from the journal; 36 are of other comparisons\n"), fewer);
}

TEST_CASE("maha-compare: a journal's cells of data that have changed do not count, and that is said") {
  const Sandbox box;
  box.run("cp datasets/iris.csv rows.csv; cp datasets/wine.csv .");
  const std::string command = "maha-compare -q -a euclidean -a cov --folds 2 rows.csv wine.csv ";
  CHECK(box.run(command + "--journal j").err == "");
  box.run("sed -i '2s/5.1/5.2/' rows.csv");
  const std::string fresh = box.run(command).out;
  const Outcome changed = box.run(command + "--journal j");
  CHECK(changed.out == fresh);
  CHECK(changed.err ==
        "maha-compare: warning: j: the data of rows have changed, or are read otherwise: what it holds of them does "
        "not count (4 cells)\n");
  CHECK(lines(box.read("j")).size() == 1 + 8 + 4);
  box.run("cp datasets/iris.csv rows.csv");  // as it was: now both are there
  CHECK(box.run(command + "--journal j").err == "");
}

TEST_CASE("maha-compare: where a journal holds these data, nothing is said of others of that name") {
  const Sandbox box;
  const std::string rest = " --folds 2 --journal j datasets/wine.csv";
  const std::string other = "the data of wine have changed, or are read otherwise";
  CHECK(box.run("maha-compare -q -a euclidean --drop alcohol" + rest).err == "");
  CHECK(contains(box.run("maha-compare -q -a euclidean" + rest).err, other));  // none are of these yet
  for (const std::string arguments : {"-a euclidean", "-a euclidean -a cov", "-a lda", "-a lda -k 5"}) {
    CHECK(box.run("maha-compare -q " + arguments + rest).err == "");
    CHECK(box.run("maha-compare -q " + arguments + " --drop alcohol" + rest).err == "");
  }
  CHECK(contains(box.run("maha-compare -q -a cov --drop ash" + rest).err, other));
}

TEST_CASE("maha-compare: a journal is extended by further files of a data set that is cut already") {
  const Sandbox box;
  box.run("for s in 1 2; do maha-split --test 0.3 --seed $s datasets/iris.csv --train-out a$s --test-out b$s; done");
  const std::string command = "maha-compare -a euclidean -a cov --split d=a1,b1 ";
  CHECK(box.run(command + "--journal j").status == 0);
  const Outcome more = box.run(command + "--split d=a2,b2 --journal j");
  CHECK_MESSAGE(contains(more.err, "note: 2 cells taken from the journal\n"), more);
  CHECK(more.out == box.run(command + "--split d=a2,b2").out);
  CHECK(lines(box.read("j")).size() == 1 + 4);
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
