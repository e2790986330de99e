/// What a tool says on standard error and prints for people is one line a message and harmless to a terminal, whatever
/// names, labels and fields are made of.

#include <doctest/doctest.h>

#include <algorithm>

#include "harness.hpp"

using namespace maha::test;

namespace {

const std::string kUnclosed = R"({"format":"maha-model","version":1,"metric":{"M":[[2,0],[0,1]]})";

/// The bytes of a text that a terminal would obey.
bool is_plain(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\n' || (byte >= 0x20 && byte != 0x7F);
  });
}

void check_line(const Outcome& run, const std::string& part) {
  CHECK_MESSAGE(lines(run.err).size() == 1, run);
  CHECK_MESSAGE(is_plain(run.err), run);
  CHECK_MESSAGE(run.err.size() < 1000, run.err.size());
  CHECK_MESSAGE(contains(run.err, part), "wanted: ", part, "\n", run);
}

}  // namespace

TEST_CASE("messages: control characters of fields, labels, columns and files are spelled out, on one line") {
  const Sandbox box;
  box.write("good.csv", "a,b,class\n1,2,u\n3,4,v\n2,2,u\n");
  box.write("field.csv", "a,b,class\n1,2,u\n\"3\nmaha-cov: all is well\",4,v\n");
  box.write("escape.csv", "a,b,class\n1,2,u\n\x1b]0;mine\x07,4,v\n");
  box.write("name.csv", "\"a\n\x1b[2J\",b,class\n1,2,u\nx,4,v\n");
  box.write("text.csv", "\"a\n\x1b[2J\",b,class\nx,2,u\n3,4,v\n");
  box.write("label.csv", "a,b,class\n1,2,\"u\nv\x1b[31m\"\n3,4,u\n");
  box.write("two\nlines.csv", "a,b,class\n1,x,u\n");
  box.write("pairs.csv", "i,j,similar\n1,\"2\n\x1b[2J\",1\n");
  box.write("trace.csv", "iteration,objective,gap\n1,\"2\n\x1b[2J\",1\n");
  box.write("model.json", kUnclosed + R"(,"features":["a","c\nd\u001b[2J"]})");
  box.write("twice.json", kUnclosed + R"(,"features":["c\nd\u001b[2J","c\nd\u001b[2J"]})");

  check_line(box.run("maha-cov field.csv"), R"(field.csv:3: column 1 (a): '3\nmaha-cov: all is well' is not a number)");
  check_line(box.run("maha-cov escape.csv"), R"('\x1b]0;mine\x07' is not a number)");
  check_line(box.run("maha-cov name.csv"), R"(column 1 (a\n\x1b[2J): 'x' is not a number)");
  check_line(box.run("maha-cov text.csv"), R"(column 1 (a\n\x1b[2J): --drop 1)");
  check_line(box.run("maha-cov $'two\\nlines.csv'"), R"(two\nlines.csv: text where numbers)");
  check_line(box.run("maha-cov $'no\\nsuch.csv'"), R"(no\nsuch.csv: No such file)");
  check_line(box.run("maha-cov --label $'no\\nsuch' good.csv"), R"(no column 'no\nsuch'; the columns are a, b, class)");
  check_line(box.run("maha-cov good.csv $'more\\n\\x1b[2J'"), R"(more\n\x1b[2J)");
  check_line(box.run("maha-cov --header $'no\\n\\x1b[2J' good.csv"), R"('no\n\x1b[2J' is none of yes|no)");
  check_line(box.run("maha-knn -q -k 1 --train good.csv label.csv"),
             R"(labels never seen in training count as errors: u\nv\x1b[31m)");
  check_line(box.run("maha-mmc --pairs pairs.csv good.csv"), R"('2\n\x1b[2J')");
  check_line(box.run("maha-plot trace trace.csv -o t.svg"), R"('2\n\x1b[2J' is not a number)");
  check_line(box.run("maha-transform -m model.json good.csv"), R"(no column 'c\nd\x1b[2J', a feature of model.json)");
  check_line(box.run("maha-model check twice.json"), R"('c\nd\x1b[2J' twice)");
}

TEST_CASE("messages: long fields, names and labels are cut, and every message stays a line") {
  const Sandbox box;
  const std::string longest(3000000, 'x');
  box.write("field.csv", "a,b,class\n1,2,u\n3," + longest + ",v\n");
  check_line(box.run("maha-cov field.csv"), std::string(60, 'x') + "...' (3000000 bytes) is not a number");
  box.write("name.csv", "a," + longest + ",class\n1,2,u\n3,y,v\n");
  check_line(box.run("maha-cov name.csv"), "... (3000000 bytes)): 'y' is not a number");
  box.write("good.csv", "a,b,class\n1,2,u\n3,4,v\n");
  box.write("label.csv", "a,b,class\n1,2,u\n3,4," + longest + "\n");
  check_line(box.run("maha-knn -k 1 --train good.csv label.csv"), "never seen in training");
  CHECK(box.run("maha-knn -k 1 --train label.csv label.csv").out.size() < 20000);
  std::string header, row;
  for (int c = 0; c < 5000; ++c) header += "column_" + std::to_string(c) + ",", row += c % 2 ? "x," : "1,";
  box.write("wide.csv", header + "class\n" + row + "u\n" + row + "v\n");
  check_line(box.run("maha-cov --label nosuch wide.csv"), "(5001 in all)");
  check_line(box.run("maha-cov wide.csv"), "(2500 in all)");
}

TEST_CASE("reports for people: no name makes a line of its own or speaks to the terminal") {
  const Sandbox box;
  box.write("train.csv", "a,b,class\n1,2,\"u\nrank: 7\x1b[2J\"\n3,4,v\n1,2,\"u\nrank: 7\x1b[2J\"\n");
  const Outcome knn = box.run("maha-knn -k 1 --leave-one-out --train train.csv");
  CHECK(knn.status == 0);
  CHECK_MESSAGE(is_plain(knn.out), knn);
  CHECK_MESSAGE(contains(knn.out, R"(u\nrank: 7\x1b[2J)"), knn);

  box.write("model.json",
            kUnclosed + R"(,"algorithm":"x\nrank: 7\u001b[2J","label":"l\nrank: 7","features":["p\nrank: 7",
    "q"],"parameters":{"k\nrank: 7":"v\u001b[2J"},"other\nrank: 7":1})");
  const Outcome show = box.run("maha-model show model.json");
  CHECK(show.status == 0);
  CHECK_MESSAGE(is_plain(show.out), show);
  const auto shown = lines(show.out);
  CHECK(std::count(shown.begin(), shown.end(), "rank: 7") == 0);
  CHECK(contains(show.out, R"(algorithm: x\nrank: 7\x1b[2J)"));

  const Outcome compared = box.run("maha-compare -a euclidean --folds 2 --format md train.csv -q");
  CHECK_MESSAGE(is_plain(compared.out), compared);
}

TEST_CASE("messages: a matrix that is nearly symmetric is refused with the digits that differ") {
  const Sandbox box;
  box.write("m.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1000,-143.25911],[-143.25915,1000]]}})");
  check_line(box.run("maha-model check m.json"), "column 1 is -143.25915, but row 1, column 2 is -143.25911");
}

TEST_CASE("messages: of one row, feature, class or cell they speak as of one") {
  const Sandbox box;
  box.write("two.csv", "a,class\n1,u\n2,u\n"), box.write("one.csv", "a,class\n1,u\n");
  box.write("number.csv", "a,y\n1,2\n"), box.write("fold.csv", "1\n");
  box.write("m.json", R"({"format":"maha-model","version":1,"metric":{"M":[[1]]},"center":[1,2]})");
  const auto out = [&](const std::string& command) { return box.run(command).out; };
  CHECK(contains(out("maha-knn -k 1 --train two.csv one.csv"), ": 0 of 1 row wrong\n"));
  CHECK(contains(out("maha-knn --regress -k 1 --train number.csv number.csv"), ": 1 row\n"));
  CHECK(contains(out("maha-explain -k 1 --leave-one-out --rows 1 --top 3 --format text --train datasets/iris.csv"),
                 "\n1 other  "));
  check_line(box.run("maha-lda one.csv"), "one.csv: its one row is of one class, 'u': there is nothing to tell apart");
  check_line(box.run("maha-model show m.json"), "center has 2 entries, the metric is over 1 feature");
  check_line(box.run("maha-model export m.json -v"), "center has 2 entries, the metric is over 1 feature");
  check_line(box.run("maha-compare -q -a euclidean --folds-file fold.csv two.csv"),
             "fold.csv: has 1 fold for the 2 rows of two.csv");
  CHECK(contains(box.run("maha-knn -v -k 1 --train two.csv one.csv").err,
                 "two.csv: 2 rows of 1 feature, 1 class in column 2 (class)\n"));
  const std::string compare = "maha-compare -a euclidean --test 0.3 datasets/iris.csv --journal j.jsonl";
  box.run(compare);
  CHECK(contains(box.run(compare).err, "1 cell taken from the journal\n"));
}

TEST_CASE("messages: what is misspelt is told with what was probably meant, and what is like nothing without") {
  const Sandbox box;
  const std::vector<std::pair<std::string, std::string>> rows{
      {"maha-lmnn --pushwieght 0.3 datasets/iris.csv",
       "not expected: --pushwieght: did you mean --push-weight? (maha-lmnn"},
      {"maha-lmnn --pushwieght=0.3 datasets/iris.csv", ": did you mean --push-weight? ("},
      {"maha-lmnn --max-iter 3 datasets/iris.csv", ": did you mean --max-iterations? ("},
      {"maha-lmnn -label class datasets/iris.csv", ": did you mean --label? ("},
      {"maha-lmnn --frobnicate datasets/iris.csv", "not expected: --frobnicate (maha-lmnn --help lists"},
      {"maha-model shwo m.json", "'shwo' is no command: did you mean 'show'? (maha-model --help lists"},
      {"maha-model frobnicate m.json", "'frobnicate' is no command (maha-model --help lists"},
      {"maha-model", "give a command (maha-model --help lists"},
      {"maha-model export --outptu x m.json", ": did you mean --output? ("},
      {"maha-compare -a lmn datasets/iris.csv", "'lmn' is no algorithm: did you mean 'lmnn'?"},
      {"maha-compare -a lmnn:push-wieght=1 datasets/iris.csv", "no option 'push-wieght': did you mean 'push-weight'?"},
  };
  for (const auto& [command, message] : rows) check_refused(box.run(command), 2, message);
}
