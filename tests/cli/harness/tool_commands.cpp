#include "tool_commands.hpp"

#include <algorithm>

namespace maha::test {
namespace {

const std::vector<ToolCommand> kTable{
    {"maha-split", "maha-split --test 0.5 --part test FILE", false},
    {"maha-knn", "maha-knn --leave-one-out -k 1 --train FILE"},
    {"maha-knn", "maha-knn -k 1 --train good.csv FILE"},
    {"maha-predict", "maha-predict -k 1 --train FILE good.csv"},
    {"maha-neighbors", "maha-neighbors -k 1 --label -1 --train FILE good.csv"},
    {"maha-explain", "maha-explain -k 1 --train FILE good.csv"},
    {"maha-transform", "maha-transform -m model.json --label -1 FILE"},
    {"maha-distance", "maha-distance --label -1 --pairs pairs.csv FILE"},
    {"maha-verify", "maha-verify --label -1 --pairs pairs.csv FILE"},
    {"maha-pairs", "maha-pairs --nearest 1 FILE"},
    {"maha-plot", "maha-plot projection --script FILE"},
    {"maha-model", "maha-model reduce --dims 1 --label -1 model.json --data FILE"},
    {"maha-model", "maha-model export --format faiss --label -1 model.json --data FILE"},
    {"maha-compare", "maha-compare -a euclidean -k 1 --folds 2 FILE", true, true, true},
    {"maha-knn", "maha-knn --regress --target y --drop class -k 1 --train good.csv FILE", true, false, false, false},
    {"maha-mlkr", "maha-mlkr --target y --drop class FILE", true, false, false, false},
    {"maha-lmnn", "maha-lmnn -k 1 FILE"},
    {"maha-prove", "maha-prove learned.json proof.json --label -1 FILE", true, false, false, true, true},
    {"maha-siamese", "maha-siamese --layers 2 --epochs 1 --label -1 --pairs pairs.csv FILE"},
    {"maha-triplet", "maha-triplet --layers 4,2 --epochs 1 FILE"},
};

/// The tool by its defaults, with the files that it requires. Where labels may be wanting they are named.
ToolCommand by_its_help(const std::string& tool) {
  const std::string help = Sandbox().run(tool + " --help").out;
  std::string command = tool;
  for (const std::string file : {"pairs", "triplets"}) {
    if (contains(help, "--" + file + " FILE (required)")) command += " --" + file + " " + file + ".csv";
  }
  if (contains(help, "--unlabeled ")) command += " --label -1";
  if (contains(help, "--epochs ")) command += " --epochs 1";
  return {tool, command + " FILE"};
}

}  // namespace

const std::string kGood = "x,y,class\n1,2,a\n3,5,b\n2,1,a\n4,4.5,b\n1.5,3,a\n5,2.5,b\n";
const std::string kModel = R"({"format":"maha-model","version":1,"metric":{"M":[[2,0],[0,1]]}})";

const std::vector<std::string> kTwoResults{
    "maha-lmnn -k 1 good.csv -o FIRST --trace SECOND",
    "maha-lmnn -k 1 good.csv -o FIRST --dual SECOND",
    "maha-lmnn -k 1 good.csv -o FIRST --proof SECOND",
    "maha-mmc --label -1 --pairs pairs.csv good.csv -o FIRST --trace SECOND",
    "maha-itml --label -1 --pairs pairs.csv good.csv -o FIRST --trace SECOND",
    "maha-siamese --layers 2 --epochs 2 --label -1 --pairs pairs.csv good.csv -o FIRST --trace SECOND",
    "maha-triplet --layers 2 --epochs 2 good.csv -o FIRST --trace SECOND",
    "maha-knn -k 1 --leave-one-out --train good.csv -o FIRST --predictions SECOND",
    "maha-verify --pairs pairs.csv good.csv -o FIRST --roc SECOND",
    "maha-verify --calibrate accuracy --pairs pairs.csv good.csv -o FIRST --roc SECOND",
    "maha-compare -a euclidean -k 1 --folds 2 good.csv -o FIRST --times SECOND",
    "maha-compare -a cov -k 1 --folds 2 good.csv -o FIRST --best SECOND",
    "maha-convert good.csv --format csv -o FIRST --labels-out SECOND",
    "maha-convert good.csv --format npy -o FIRST --classes SECOND",
    "maha-split --test 0.5 good.csv --train-out FIRST --test-out SECOND",
};

std::string into(std::string command, const std::string& first, const std::string& second) {
  command.replace(command.find("FIRST"), 5, first);
  return command.replace(command.find("SECOND"), 6, second);
}

std::string ToolCommand::on(const std::string& file) const {
  std::string line = command;
  return line.replace(line.find("FILE"), 4, file);
}

std::vector<ToolCommand> tool_commands() {
  std::vector<ToolCommand> commands = kTable;
  for (const std::string& tool : tools()) {
    if (tool == "maha-report" || tool == "maha-stats") continue;  // read no rows, but what was made of them
    const auto is_its = [&](const ToolCommand& command) { return command.tool == tool; };
    if (std::none_of(kTable.begin(), kTable.end(), is_its)) commands.push_back(by_its_help(tool));
  }
  return commands;
}

void write_inputs(const Sandbox& box) {
  box.write("good.csv", kGood);
  box.write("model.json", kModel + "\n");
  box.write("pairs.csv", "i,j,similar\n1,3,1\n2,4,1\n1,2,0\n3,4,0\n");
  box.write("triplets.csv", "anchor,near,far\n1,3,2\n2,4,1\n3,5,4\n");
  box.write("old", "as it was\n");
  box.run("maha-lmnn -k 1 good.csv -o learned.json --proof proof.json");
  box.run("maha-cov --stats good.csv -o good.stats");
  box.run("maha-compare -q -a euclidean -k 1 --folds 2 good.csv --format json -o results.json");
}

bool left_to_others([[maybe_unused]] std::size_t tool, [[maybe_unused]] std::size_t which) {
#ifdef MAHA_SANITIZED
  return (tool + which) % 4 != 0;
#else
  return false;
#endif
}

}  // namespace maha::test
