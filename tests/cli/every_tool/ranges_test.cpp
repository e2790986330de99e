/// An option out of range is refused in the same words wherever it is said: on the command line of its tool and in a
/// spec of maha-compare, in both before any file is opened.

#include <doctest/doctest.h>

#include "harness.hpp"

using namespace maha::test;

namespace {

/// An option of a learner, a value out of its range, and what is said of that.
struct BadValue {
  std::string option, value, message;
};

struct Learner {
  std::string name, files;
  std::vector<BadValue> bad;
};

const std::vector<BadValue> kTraining{
    {"learning-rate", "0", "--learning-rate: must be above 0"},
    {"weight-decay", "-1e-9", "--weight-decay: must be at least 0"},
    {"batch", "3", "--batch: must be at least 4"},
    {"batch-classes", "1", "--batch-classes: must be at least 2"},
    {"epochs", "0", "--epochs: must be at least 1"},
    {"patience", "0", "--patience: must be at least 1"},
    {"validation", "1", "--validation: must lie in [0, 1)"},
    {"validation", "-0.1", "--validation: must lie in [0, 1)"},
    {"margin", "0", "--margin: must be above 0"},
    {"layers", "0", "--layers: '0' is no list of widths, as 128,32"},
};

const std::vector<BadValue> kConvex{
    {"tolerance", "0", "--tolerance: must be above 0"},
    {"max-iterations", "0", "--max-iterations: must be at least 1"},
    {"ridge", "0", "--ridge: must be above 0"},
};

const std::vector<Learner> kLearners{
    {"cov",
     "",
     {{"ridge", "-1", "--ridge: must be at least 0"},
      {"shrinkage", "1.5", "--shrinkage: '1.5' is none of ledoit-wolf|oas, and no number from 0 to 1"}}},
    {"lfda",
     "",
     {{"neighbors", "0", "-k,--neighbors: must be at least 1"},
      {"embedding", "round", "--embedding: 'round' is none of weighted|plain|orthonormalized"},
      {"rank", "-1", "--rank: must be at least 1"},
      {"ridge", "0", "--ridge: must be above 0"}}},
    {"anmm",
     "",
     {{"friends", "0", "--friends: must be at least 1"},
      {"enemies", "0", "--enemies: must be at least 1"},
      {"rank", "-1", "--rank: must be at least 1"}}},
    {"dmlmj",
     "",
     {{"neighbors", "0", "-k,--neighbors: must be at least 1"},
      {"rank", "-1", "--rank: must be at least 1"},
      {"ridge", "0", "--ridge: must be above 0"}}},
    {"lmnn",
     "",
     {{"neighbors", "0", "-k,--neighbors: must be at least 1"},
      {"push-weight", "0", "--push-weight: must lie in (0, 1)"},
      {"push-weight", "1", "--push-weight: must lie in (0, 1)"},
      {"tolerance", "0", "--tolerance: must be above 0"},
      {"max-iterations", "-1", "--max-iterations: must be at least 0"},
      {"rank", "-1", "--rank: must be at least 1"},
      {"ridge", "0", "--ridge: must be above 0"}}},
    {"mcml", "", kConvex},
    {"ncmml", "", kConvex},
    {"ldml", "", kConvex},
    {"mmc",
     "--pairs absent",
     {{"tolerance", "-1", "--tolerance: must be above 0"},
      {"max-iterations", "0", "--max-iterations: must be at least 1"},
      {"spread", "-1", "--spread: must be at least 0"},
      {"ridge", "0", "--ridge: must be above 0"}}},
    {"nca",
     "",
     {{"objective", "loss", "--objective: 'loss' is none of accuracy|log-likelihood"},
      {"rank", "-1", "--rank: must be at least 1"},
      {"l1", "-1", "--l1: must be at least 0"},
      {"batch", "-1", "--batch: must be at least 0"},
      {"passes", "0", "--passes: must be at least 1"},
      {"tolerance", "0", "--tolerance: must be above 0"},
      {"max-iterations", "-1", "--max-iterations: must be at least 0"}}},
    {"itml",
     "--pairs absent",
     {{"gamma", "0", "--gamma: must be above 0"},
      {"similar-within", "0", "--similar-within: must be above 0"},
      {"dissimilar-beyond", "-2", "--dissimilar-beyond: must be above 0"},
      {"similar-percentile", "101", "--similar-percentile: must lie in [0, 100]"},
      {"dissimilar-percentile", "-1", "--dissimilar-percentile: must lie in [0, 100]"},
      {"tolerance", "0", "--tolerance: must be above 0"},
      {"max-iterations", "0", "--max-iterations: must be at least 1"}}},
    {"lsml",
     "",
     {{"gamma", "0", "--gamma: must be above 0"},
      {"draw", "0", "--draw: must be at least 1"},
      {"tolerance", "0", "--tolerance: must be above 0"},
      {"max-iterations", "0", "--max-iterations: must be at least 1"}}},
    {"siamese", "", kTraining},
    {"triplet", "", kTraining},
};

const std::vector<BadValue> kEach{{"pca", "0", "--pca: '0' is not a whole number from 1"},
                                  {"scale", "log", "--scale: 'log' is none of none|zscore|minmax"}};

const std::vector<BadValue> kPairs{{"count", "0", "--count: must be at least 1"},
                                   {"nearest", "0", "--nearest: must be at least 1"},
                                   {"similar", "-1", "--similar: must be at least 0"},
                                   {"dissimilar", "-1", "--dissimilar: must be at least 0"}};

}  // namespace

TEST_CASE("ranges: each option of each learner, on its command line and in a spec, in the same words") {
  const Sandbox box;
  for (const auto& [name, files, bad] : kLearners) {
    std::vector<BadValue> all = bad;
    all.insert(all.end(), kEach.begin(), kEach.end());
    for (const auto& [option, value, message] : all) {
      check_refused(box.run("maha-" + name + " absent.csv --" + option + "=" + value + " " + files), 2,
                    "maha-" + name + ": " + message + "\n");
      const std::string spec = name + ":" + option + "=" + value;
      check_refused(box.run("maha-compare absent.csv -a '" + spec + "'"), 2,
                    "maha-compare: algorithm '" + spec + "': " + message + "\n");
    }
  }
  CHECK(box.files().empty());
}

TEST_CASE("ranges: the pairs that learners want, in maha-pairs and in a spec") {
  const Sandbox box;
  for (const auto& [option, value, message] : kPairs) {
    check_refused(box.run("maha-pairs absent.csv --" + option + "=" + value), 2, "maha-pairs: " + message + "\n");
    for (const std::string name : {"mmc", "itml"}) {
      const std::string spec = name + ":" + option + "=" + value;
      check_refused(box.run("maha-compare absent.csv -a " + spec), 2,
                    "maha-compare: algorithm '" + spec + "': " + message + "\n");
    }
  }
}
