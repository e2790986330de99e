/// What the command line alone shows to be wrong is told before any file is opened, with exit status 2.

#include <doctest/doctest.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// A tool whose files are not there, and options that are out of range whatever is in them.
struct Tool {
  std::string command;
  std::vector<std::string> wrong;
};

const std::vector<Tool> kTools{
    {"maha-cov absent.csv",
     {"--ridge -1", "--shrinkage 2", "--shrinkage half", "--ridge nan", "--robust --support 0.4",
      "--robust --starts -1"}},
    {"maha-mmc --pairs absent absent.csv", {"--tolerance 0", "--max-iterations 0", "--ridge 0"}},
    {"maha-itml --pairs absent absent.csv --prior absent --init absent",
     {"--gamma 0", "--tolerance -1", "--max-iterations 0", "--similar-percentile 101", "--dissimilar-percentile -1",
      "--similar-within 0", "--dissimilar-beyond -2"}},
    {"maha-lmnn absent.csv --init absent --targets absent",
     {"-k 0", "--push-weight 2", "--push-weight 0", "--tolerance 0", "--max-iterations -1", "--rank -1",
      "--rank 2 --diagonal", "--ridge 0"}},
    {"maha-nca absent.csv --init absent", {"--l1 1", "--rank 2 --diagonal", "--batch 9 --diagonal", "--batch 1"}},
    {"maha-siamese absent.csv --init absent", {"--margin 0", "--batch 3", "--validation 1", "--layers 0"}},
    {"maha-triplet absent.csv --init absent",
     {"--margin -1", "--epochs 0", "--patience 0", "--learning-rate 0", "--weight-decay -1", "--batch-classes 1",
      "--sampler distance-weighted --no-normalize"}},
    {"maha-pairs absent.csv", {"--count 0", "--nearest 0", "--similar -1 --dissimilar 1", "--count 1 --all"}},
    {"maha-split absent.csv --part test", {"--test 1", "--test 0", "--folds 1 --fold 1", "--folds 3 --fold 4"}},
    {"maha-knn --train absent absent.csv -m absent", {"-k 0", "-k 1,0", "--leave-one-out", "--scale zscore"}},
    {"maha-predict --train absent absent.csv -m absent", {"-k 0", "-k -1"}},
    {"maha-mlkr absent.csv --init absent",
     {"--rank -1", "--ridge -1", "--starts 0", "--tolerance 0", "--max-iterations 0"}},
    {"maha-knn --regress --train absent absent.csv",
     {"--votes shrink", "--votes lowest", "--label x", "--rule energy", "--retrieval"}},
    {"maha-predict --target y --train absent absent.csv", {"--votes lowest", "--label x", "--centroids"}},
    {"maha-split --target y --part test --test 0.5 absent.csv", {"--label x", "--unlabeled"}},
    {"maha-neighbors --train absent absent.csv -m absent", {"-k 0", "--radius -1"}},
    {"maha-explain --train absent absent.csv -m absent", {"-k 0", "--top 0", "--scale zscore"}},
    {"maha-verify --pairs absent absent.csv -m absent", {"--calibrate tpr=2", "--calibrate f=0"}},
    {"maha-model reduce absent.json --data absent.csv", {"--dims 0", "--dims -1"}},
    {"maha-plot projection absent.csv", {"--width 0", "--height 1e9", "--pca 0"}},
    {"maha-compare absent.csv",
     {"-a lmnn:push-weight=2", "-a lmnn:k=0", "-a 'lmnn:k=1|0'", "-a lmnn:rank=2,diagonal=true", "-a cov:ridge=-1",
      "-a mmc:tolerance=0", "-a itml:gamma=0", "-a itml:prior=absent", "-a siamese:margin=0", "-a triplet:epochs=0",
      "-a mmc:count=0", "-a cov:pca=0", "-a cov --folds 1", "-a cov --test 1", "-a cov --repeats 0", "-a cov -k 0",
      "-a cov --inner-folds 1"}},
};

const std::vector<std::string> kIterative{"maha-mmc --pairs absent absent.csv",
                                          "maha-itml --pairs absent absent.csv",
                                          "maha-lmnn absent.csv",
                                          "maha-mlkr absent.csv",
                                          "maha-siamese absent.csv",
                                          "maha-triplet absent.csv"};

/// Whether a message names an option, or an algorithm with its options, of those that were given.
bool names_one(const std::string& message, const std::string& options) {
  std::istringstream words(options);
  for (std::string word; words >> word;) {
    std::erase(word, '\'');
    const bool option =
        word.size() > 1 && word[0] == '-' && std::isalpha(word[word.find_first_not_of('-')]) != 0 && word != "-a";
    if ((option || contains(word, ":")) && contains(message, word)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("usage: of options that are misspelt and what is wanting without them, the misspelt ones are told") {
  const Sandbox box;
  for (const std::string command : {"maha-gmml --pears x", "maha-gmml --pears x absent.csv", "maha-dml-eig --pears",
                                    "maha-lda --pears x absent.csv", "maha-model check --pears a b",
                                    "maha-predict --pears absent.csv", "maha-lda absent.csv x --pears=x"}) {
    check_refused(box.run(command), 2, "argument was not expected: --pears");
  }
  check_refused(box.run("maha-gmml absent.csv x"), 2, "argument was not expected: x");
  check_refused(box.run("maha-gmml absent.csv"), 2, "--pairs is required");
  check_refused(box.run("maha-lda --pears x absent.csv --plums"), 2, "were not expected: --plums --pears (");
}

TEST_CASE("usage: a value out of range is exit 2 before a file is opened, in every tool") {
  const Sandbox box;
  for (const auto& [command, wrong] : kTools) {
    for (const std::string& options : wrong) {
      const Outcome outcome = box.run(command + " " + options);
      check_refused(outcome, 2, command.substr(0, command.find(' ')) + ": ");
      CHECK_MESSAGE(names_one(outcome.err, options), options);
    }
  }
  for (const std::string& command : kIterative) {
    for (const std::string seconds : {"0", "-1", "nan", "soon"}) {
      check_refused(box.run(command + " --max-seconds " + seconds), 2, "--max-seconds");
    }
  }
  CHECK(box.files().empty());
}
