#include <algorithm>
#include <utility>

#include "bad_files.hpp"
#include "tool_commands.hpp"

namespace maha::test {
namespace {

const std::vector<BadInput> kBadInputs{
    {Kind::rows, "maha-cov BAD"},
    {Kind::records, "maha-split --label -1 --test 0.5 --part test BAD"},
    {Kind::rows, "maha-knn -k 1 --train good.csv BAD"},
    {Kind::rows, "maha-knn -k 1 --leave-one-out --train BAD"},
    {Kind::model_of_rows, "maha-knn -k 1 --leave-one-out -m BAD --train good.csv"},
    {Kind::rows, "maha-predict -k 1 --train BAD good.csv"},
    {Kind::new_rows, "maha-predict -k 1 --train good.csv BAD"},
    {Kind::model_of_rows, "maha-predict -k 1 -m BAD --train good.csv good.csv"},
    {Kind::rows, "maha-neighbors -k 1 --train BAD good.csv"},
    {Kind::new_rows, "maha-neighbors -k 1 --train good.csv BAD"},
    {Kind::model_of_rows, "maha-neighbors -k 1 -m BAD --train good.csv good.csv"},
    {Kind::rows, "maha-explain -k 1 --train BAD good.csv"},
    {Kind::new_rows, "maha-explain -k 1 --train good.csv BAD"},
    {Kind::model_of_rows, "maha-explain -k 1 -m BAD --train good.csv good.csv"},
    {Kind::rows, "maha-transform -m model.json BAD"},
    {Kind::model_of_rows, "maha-transform -m BAD good.csv"},
    {Kind::rows, "maha-distance --pairs pairs.csv BAD"},
    {Kind::rows, "maha-distance --pairs pairs.csv --with BAD good.csv"},
    {Kind::pairs, "maha-distance --pairs BAD good.csv"},
    {Kind::model_of_rows, "maha-distance -m BAD --pairs pairs.csv good.csv"},
    {Kind::metric, "maha-distance -m BAD --to center good.csv"},
    {Kind::rows, "maha-verify --pairs pairs.csv BAD"},
    {Kind::answers, "maha-verify --pairs BAD good.csv"},
    {Kind::model_of_rows, "maha-verify -m BAD --pairs pairs.csv good.csv"},
    {Kind::rows, "maha-pairs --nearest 1 BAD"},
    {Kind::classes, "maha-pairs --count 4 BAD"},
    {Kind::rows, "maha-mmc --pairs pairs.csv BAD"},
    {Kind::answers, "maha-mmc --pairs BAD good.csv"},
    {Kind::metric, "maha-mmc --init BAD --pairs pairs.csv good.csv"},
    {Kind::rows, "maha-itml --pairs pairs.csv BAD"},
    {Kind::answers, "maha-itml --pairs BAD good.csv"},
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
    {Kind::answers, "maha-siamese --layers 2 --epochs 1 --pairs BAD good.csv"},
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
    {Kind::any_model, "maha-model export --format onnx BAD"},
    {Kind::model_of_rows, "maha-model export --format faiss BAD --data good.csv"},
    {Kind::rows, "maha-model export --format faiss model.json --data BAD"},
    {Kind::rows, "maha-compare -q -a cov --folds 2 BAD --times old--times --best old--best"},
    {Kind::rows, "maha-compare -q -a cov --split good.csv,BAD --times old--times"},
    {Kind::folds, "maha-compare -q -a euclidean --folds-file BAD good.csv"},
    {Kind::model, "maha-prove BAD proof.json good.csv"},
    {Kind::pairs, "maha-prove --pairs BAD learned.json proof.json good.csv"},
    {Kind::rows, "maha-plot projection --script BAD"},
    {Kind::model_of_rows, "maha-plot projection --script -m BAD good.csv"},
    {Kind::metric, "maha-plot spectrum --script BAD"},
    {Kind::trace, "maha-plot trace --script BAD"},
    {Kind::roc, "maha-plot roc --script BAD"},
    {Kind::sampling, "maha-plot sampling --script BAD"},
    {Kind::results, "maha-plot compare --script BAD"},
    {Kind::results, "maha-plot ranks --script BAD"},
    {Kind::paths, "maha-plot path --script BAD"},
    {Kind::explanation, "maha-plot explain --script BAD"},
    {Kind::metric, "maha-plot weights --script BAD"},
    {Kind::rows, "maha-plot weights --script model.json --data BAD"},
    {Kind::pairs, "maha-cov --stats --pairs BAD good.csv"},
    {Kind::statistics, "maha-stats show BAD"},
    {Kind::statistics, "maha-stats merge good.stats BAD"},
    {Kind::statistics, "maha-stats subtract good.stats BAD"},
    {Kind::statistics, "maha-lda --from BAD"},
    {Kind::results, "maha-compare --from BAD"},
    {Kind::results, "maha-report BAD"},
    {Kind::rows, "maha-report results.json --projection BAD"},
    {Kind::records, "maha-split --label -1 --test 0.5 --train-out old --test-out old-test BAD"},
};

/// A file that a tool may be given, as its help calls it.
struct Companion {
  std::string in_help, option;
  Kind kind;
};

const std::vector<Companion> kCompanions{
    {"--pairs FILE", "--pairs", Kind::answers},
    {"--triplets FILE", "--triplets", Kind::triplets},
    {"--quadruplets FILE", "--quadruplets", Kind::quadruplets},
    {"-m,--model FILE", "-m", Kind::model_of_rows},
    {"--init MODEL", "--init", Kind::metric},
    {"--prior identity|covariance|FILE", "--prior", Kind::metric},
};

/// The command with BAD as this option's file.
std::string with_bad_file(const ToolCommand& command, const std::string& option) {
  const std::string good = command.on("good.csv");
  const std::size_t begin = good.find(" " + option + " ");
  if (begin == std::string::npos) return command.tool + " " + option + " BAD" + good.substr(command.tool.size());
  const std::size_t end = std::min(good.find(' ', begin + option.size() + 2), good.size());
  return good.substr(0, begin) + " " + option + " BAD" + good.substr(end);
}

Kind kind_of_rows(const ToolCommand& command) {
  return !command.reads_labels ? Kind::targets : command.reads_features ? Kind::rows : Kind::records;
}

}  // namespace

std::string BadInput::on(const std::string& file) const {
  std::string line = command;
  return line.replace(line.find("BAD"), 3, file);
}

std::vector<BadInput> bad_inputs() {
  std::vector<BadInput> all = kBadInputs;
  std::string asked, help;
  for (const ToolCommand& command : tool_commands()) {
    const auto stands = [&](const std::string& what) {
      return std::any_of(all.begin(), all.end(), [&](const BadInput& input) {
        return input.tool() == command.tool && contains(input.command + " ", what);
      });
    };
    const std::string rows = command.on("BAD");
    if (!stands(rows + " ")) all.push_back({kind_of_rows(command), rows});
    if (std::exchange(asked, command.tool) == command.tool) continue;
    help = Sandbox().run(command.tool + " --help").out;
    for (const auto& [in_help, option, kind] : kCompanions) {
      if (contains(help, in_help) && !stands(" " + option + " BAD "))
        all.push_back({kind, with_bad_file(command, option)});
    }
  }
  return all;
}

}  // namespace maha::test
