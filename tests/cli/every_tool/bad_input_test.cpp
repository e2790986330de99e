/// A message about a file names that file, and its line where there is one: every input of every tool, each broken in
/// every way that its kind knows.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "tool_commands.hpp"

using namespace maha::test;

namespace {

enum class Kind {
  rows,
  targets,
  new_rows,
  classes,
  model,
  metric,
  pairs,
  triplets,
  quadruplets,
  trace,
  roc,
  sampling,
  results,
  folds,
  matrix
};

/// An input of a tool: BAD in the command is the broken file.
struct Input {
  Kind kind;
  std::string command;
};

const std::vector<Input> kInputs{
    {Kind::rows, "maha-cov BAD"},
    {Kind::rows, "maha-split --label -1 --test 0.5 --part test --missing error BAD"},
    {Kind::rows, "maha-knn -k 1 --train good.csv BAD"},
    {Kind::rows, "maha-knn -k 1 --leave-one-out --train BAD"},
    {Kind::model, "maha-knn -k 1 --leave-one-out -m BAD --train good.csv"},
    {Kind::rows, "maha-predict -k 1 --train BAD good.csv"},
    {Kind::new_rows, "maha-predict -k 1 --train good.csv BAD"},
    {Kind::model, "maha-predict -k 1 -m BAD --train good.csv good.csv"},
    {Kind::rows, "maha-neighbors -k 1 --train BAD good.csv"},
    {Kind::new_rows, "maha-neighbors -k 1 --train good.csv BAD"},
    {Kind::model, "maha-neighbors -k 1 -m BAD --train good.csv good.csv"},
    {Kind::rows, "maha-transform -m model.json BAD"},
    {Kind::model, "maha-transform -m BAD good.csv"},
    {Kind::rows, "maha-distance --pairs pairs.csv BAD"},
    {Kind::rows, "maha-distance --pairs pairs.csv --with BAD good.csv"},
    {Kind::pairs, "maha-distance --pairs BAD good.csv"},
    {Kind::model, "maha-distance -m BAD --pairs pairs.csv good.csv"},
    {Kind::metric, "maha-distance -m BAD --to center good.csv"},
    {Kind::rows, "maha-verify --pairs pairs.csv BAD"},
    {Kind::pairs, "maha-verify --pairs BAD good.csv"},
    {Kind::model, "maha-verify -m BAD --pairs pairs.csv good.csv"},
    {Kind::rows, "maha-pairs --nearest 1 BAD"},
    {Kind::classes, "maha-pairs --count 4 BAD"},
    {Kind::rows, "maha-mmc --pairs pairs.csv BAD"},
    {Kind::pairs, "maha-mmc --pairs BAD good.csv"},
    {Kind::metric, "maha-mmc --init BAD --pairs pairs.csv good.csv"},
    {Kind::rows, "maha-itml --pairs pairs.csv BAD"},
    {Kind::pairs, "maha-itml --pairs BAD good.csv"},
    {Kind::metric, "maha-itml --init BAD --pairs pairs.csv good.csv"},
    {Kind::metric, "maha-itml --prior BAD --pairs pairs.csv good.csv"},
    {Kind::targets, "maha-knn --regress --target y --drop class -k 1 --leave-one-out --train BAD"},
    {Kind::targets, "maha-knn --target y --drop class -k 1 --train good.csv BAD"},
    {Kind::targets, "maha-predict --regress --target y --drop class -k 1 --train BAD good.csv"},
    {Kind::targets, "maha-split --target y --test 0.5 --part test BAD"},
    {Kind::targets, "maha-mlkr --target y --drop class BAD"},
    {Kind::rows, "maha-lmnn -k 1 BAD"},
    {Kind::classes, "maha-lmnn -k 1 BAD"},
    {Kind::triplets, "maha-lmnn --triplets BAD good.csv"},
    {Kind::rows, "maha-lsml BAD"},
    {Kind::quadruplets, "maha-lsml --quadruplets BAD good.csv"},
    {Kind::metric, "maha-lmnn -k 1 --init BAD good.csv"},
    {Kind::model, "maha-lmnn -k 1 --targets BAD good.csv"},
    {Kind::rows, "maha-siamese --layers 2 --epochs 1 BAD"},
    {Kind::classes, "maha-siamese --layers 2 --epochs 1 BAD"},
    {Kind::pairs, "maha-siamese --layers 2 --epochs 1 --pairs BAD good.csv"},
    {Kind::model, "maha-siamese --epochs 1 --init BAD good.csv"},
    {Kind::rows, "maha-triplet --layers 4,2 --epochs 1 BAD"},
    {Kind::classes, "maha-triplet --layers 4,2 --epochs 1 BAD"},
    {Kind::model, "maha-triplet --epochs 1 --init BAD good.csv"},
    {Kind::matrix, "maha-model import BAD"},
    {Kind::metric, "maha-model spectrum BAD"},
    {Kind::metric, "maha-model weights BAD"},
    {Kind::metric, "maha-model export BAD"},
    {Kind::metric, "maha-model compare model.json BAD"},
    {Kind::model, "maha-model compare model.json BAD"},
    {Kind::model, "maha-model compare BAD model.json"},
    {Kind::metric, "maha-model reduce --dims 1 BAD --data good.csv"},
    {Kind::rows, "maha-model reduce --dims 1 model.json --data BAD"},
    {Kind::rows, "maha-model weights model.json --data BAD"},
    {Kind::rows, "maha-compare -q -a euclidean --folds 2 BAD"},
    {Kind::rows, "maha-compare -q -a euclidean --split good.csv,BAD"},
    {Kind::folds, "maha-compare -q -a euclidean --folds-file BAD good.csv"},
    {Kind::rows, "maha-plot projection --script BAD"},
    {Kind::model, "maha-plot projection --script -m BAD good.csv"},
    {Kind::metric, "maha-plot spectrum --script BAD"},
    {Kind::trace, "maha-plot trace --script BAD"},
    {Kind::roc, "maha-plot roc --script BAD"},
    {Kind::sampling, "maha-plot sampling --script BAD"},
    {Kind::results, "maha-plot compare --script BAD"},
    {Kind::results, "maha-compare --from BAD"},
};

/// A broken file, and the line that the message has to name; 0 where no line is to blame.
struct Bad {
  std::string content;
  int line;
  std::string message{};
};

std::string model(const std::string& rest) { return R"({"format":"maha-model","version":1,)" + rest + "}"; }

const std::string kNetwork = model(R"("metric":{"layers":[{"weights":[[1,0],[0,1]]}]})");

std::vector<Bad> bad_files(Kind kind) {
  const std::vector<Bad> rows{
      {"", 0},
      {"x,y,class\n", 0},
      {"x,y,class\n1,2,a\n1,2\n", 3},
      {"x,y,class\n1,2,a\n3,\"4,b\n", 3, "column 2"},
      {"x,x,class\n1,2,a\n3,4,b\n", 0},
  };
  const std::vector<Bad> labels{{"x,y,class\n1,2,a\n3,4,\n", 3, "column 3 (class)"}};
  const std::vector<Bad> metrics{{"", 0},
                                 {"x,y\n1,2\n", 0},
                                 {model(R"("metric":{"M":[[1,2],[2,1]]})"), 0},
                                 {model(R"("metric":{"M":[[1,0]]})"), 0}};
  const std::vector<Bad> wrong{{model(R"("metric":{"M":[[1,0,0],[0,1,0],[0,0,1]]})"), 0}};
  const std::vector<Bad> names{{"i,j,similar\n1,2,0\n1,9,1\n", 3},
                               {"i,j,similar\n1,2,0\n0,1,1\n", 3},
                               {"i,j,similar\n1,2,0\n1,x,1\n", 3},
                               {"i,j,similar\n1,2,0\n1,2\n", 3},
                               {"i,j,similar\n1,2,0\n1,\"2,1\n", 3},
                               {"i,j,similar\n1,2,0\n2,2,1\n", 3},
                               {"", 0},
                               {"i,j,similar\n", 0}};
  const auto with = [](std::vector<Bad> all, const std::vector<Bad>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  };
  switch (kind) {
    case Kind::rows:
      return with(rows, labels);
    case Kind::targets:
      return with(rows, {{"x,y,class\n1,2,a\n3,,b\n", 3, "column 2 (y): is empty, in the target"},
                         {"x,y,class\n1,2,a\n3,NA,b\n", 3, "column 2 (y): 'NA' stands for a missing value"},
                         {"x,y,class\n1,2,a\n3,high,b\n", 3, "column 2 (y): 'high' is not a number"},
                         {"x,y,class\n1,2,a\n3,inf,b\n", 3, "column 2 (y): 'inf' is not a finite number"},
                         {"x,height,class\n1,2,a\n3,4,b\n", 0}});
    case Kind::new_rows:  // whose labels nobody reads
      return rows;
    case Kind::classes:
      return {{"x,y,class\n1,2,a\n3,4,a\n2,2,a\n5,1,a\n", 0}};
    case Kind::model:
      return with(metrics, wrong);
    case Kind::metric:
      return with(metrics, {{kNetwork, 0, "network"}});
    case Kind::pairs:
      return with(names, {{"i,j,similar\n1,2,0\n1,3,maybe\n", 3}});
    case Kind::triplets:
      return {{"anchor,near,far\n1,3,2\n1,9,2\n", 3},
              {"anchor,near,far\n1,3,2\n1,3\n", 3},
              {"anchor,near,far\n1,3,2\n1,1,2\n", 3},
              {"", 0}};
    case Kind::quadruplets:
      return {{"i,j,k,l\n1,3,2,4\n1,9,2,4\n", 3},
              {"i,j,k,l\n1,3,2,4\n1,3,2\n", 3},
              {"i,j,k,l\n1,3,2,4\n1,3,3,1\n", 3},
              {"i,j,k,l,weight\n1,3,2,4,1\n1,3,2,4,-1\n", 3},
              {"", 0}};
    case Kind::trace:
      return {{"iteration,objective,gap\n0,9,1\n1,x,1\n", 3, "column 2 (objective)"},
              {"iteration,objective,gap\n0,9,1\n1,2\n", 3},
              {"iteration,gap\n0,9\n", 0, "objective"},
              {"iteration,objective,gap\n", 0},
              {"", 0}};
    case Kind::roc:
      return {{"false_positive_rate,true_positive_rate\n0,0\n0.2,x\n1,1\n", 3, "column 2 (true_positive_rate)"},
              {"false_positive_rate,true_positive_rate\n0,0\n0.5,0.5\n0.2,0.6\n", 4, "rise"},
              {"false_positive_rate,true_positive_rate\n0,0\n0.5,nan\n1,1\n", 3, "rise"},
              {"false_positive_rate,true_positive_rate\n0,0\n0.5,1.5\n", 3, "rise"},
              {"", 0}};
    case Kind::sampling:
      return {{"sampler,from,to,share,expected\nuniform,0,1,0.4,0.3\nuniform,1,1,0.6,0.7\n", 3},
              {"sampler,from,to,share,expected\nuniform,0,1,0.4,0.3\nuniform,1,2,inf,0.7\n", 3},
              {"sampler,from,to,share,expected\nuniform,0,1,0.4,x\n", 2}};
    case Kind::results:
      return {{"", 0}, {"{}", 0}, {"x,y\n1,2\n", 0}, {R"({"format":"maha-results","version":1})", 0}};
    case Kind::folds:
      return {{"", 0}, {"1\n2\n", 0}};
    case Kind::matrix:
      return {{"", 0}, {"1,2\n3,x\n", 2}, {"1,2\n2,1\n", 0}, {"1,2\n3\n", 2}, {"1,2,3\n2,1,3\n", 0}};
  }
  return {};
}

/// Those, and of every tool that has none the rows that it reads.
std::vector<Input> all_inputs() {
  std::vector<Input> all = kInputs;
  for (const ToolCommand& of_tool : tool_commands()) {
    const auto same = [&](const Input& input) { return input.command.starts_with(of_tool.tool + " "); };
    if (std::none_of(all.begin(), all.end(), same)) all.push_back({Kind::rows, of_tool.on("BAD")});
  }
  return all;
}

void write_good_files(const Sandbox& box) {
  write_inputs(box);
  box.write("good.csv", "x,y,class\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n");
  box.write("model.json", model(R"("metric":{"M":[[2,0],[0,1]]})"));
  box.write("pairs.csv", "i,j,similar\n1,3,1\n2,4,1\n1,2,0\n3,4,0\n");
}

}  // namespace

TEST_CASE("bad inputs: each message names the broken file, and the line where there is one") {
  const Sandbox box;
  write_good_files(box);
  for (const Input& input : all_inputs()) {
    const std::string tool = input.command.substr(0, input.command.find(' '));
    for (const Bad& bad : bad_files(input.kind)) {
      box.write("bad.file", bad.content);
      std::string command = input.command;
      const Outcome run = box.run(command.replace(command.find("BAD"), 3, "bad.file"));
      const std::string place = "bad.file" + (bad.line > 0 ? ":" + std::to_string(bad.line) + ":" : std::string());
      const std::string message = bad.content + "\n" + input.command;
      CHECK_MESSAGE(run.status == 1, message, run);
      CHECK_MESSAGE(run.out == "", message, run);
      CHECK_MESSAGE(lines(run.err).size() == 1, message, run);
      CHECK_MESSAGE(run.err.starts_with(tool + ": "), message, run);
      CHECK_MESSAGE(contains(run.err, place), message, run);
      CHECK_MESSAGE(contains(run.err, bad.message), message, run);
    }
  }
}

TEST_CASE("bad inputs: one kind of pairs, and k beyond the rows, name the file") {
  const Sandbox box;
  write_good_files(box);
  box.write("bad.file", "i,j,similar\n1,3,1\n2,4,1\n");
  for (const char* command : {"maha-mmc --pairs bad.file good.csv", "maha-verify --pairs bad.file good.csv",
                              "maha-siamese --layers 2 --epochs 1 --pairs bad.file good.csv"}) {
    check_refused(box.run(command), 1, "bad.file: there is no dissimilar pair");
  }
  for (const char* command : {"maha-knn -k 9 --train good.csv good.csv", "maha-lmnn -k 2 good.csv",
                              "maha-predict -k 9 --train good.csv good.csv", "maha-cov --pca 3 good.csv",
                              "maha-pairs --similar 9 --dissimilar 1 good.csv", "maha-lmnn --pca 3 -k 1 good.csv",
                              "maha-model reduce --dims 3 model.json --data good.csv"}) {
    check_refused(box.run(command), 1, "good.csv: ");
  }
}

TEST_CASE("bad inputs: no tool is left out") {
  std::set<std::string> tried;
  for (const Input& input : all_inputs()) tried.insert(input.command.substr(0, input.command.find(' ')));
  const std::vector<std::string> all = tools();
  CHECK(std::vector<std::string>(tried.begin(), tried.end()) == all);
}
