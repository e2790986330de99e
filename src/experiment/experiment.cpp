#include "experiment/experiment.hpp"

#include <map>
#include <string>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace maha::experiment {
namespace {

/// The file of a data set, or the first of its parts.
std::string path_of(const DataSet& set) { return set.parts.empty() ? set.file : set.parts.front().train; }

std::string twice(const DataSet& first, const DataSet& second) {
  const std::string a = path_of(first), b = path_of(second);
  if (a == b) return shown(a) + " twice: leave one out";
  return shown(a) + " and " + shown(b) + ": rename one, or give it a name in an --experiment file";
}

std::string twice(const AlgorithmChoice& first, const AlgorithmChoice& second) {
  return first.spec == second.spec ? "leave one out" : shown(first.spec) + " and " + shown(second.spec);
}

template <class Items>
void check_names(const Items& items, const std::string& what) {
  if (items.empty()) throw UsageError("there is no " + what + " to compare");
  std::map<std::string, std::size_t> places;
  for (const auto& item : items) {
    if (item.name.empty()) throw UsageError(what + " " + std::to_string(places.size() + 1) + " has no name");
    const auto [known, first] = places.emplace(item.name, places.size());
    if (first) continue;
    throw UsageError("two " + what + "s are called " + in_quotes(item.name) + ": " + twice(items[known->second], item));
  }
}

void check(const DataSet& set) {
  const std::string name = "data set " + in_quotes(set.name) + ": ";
  if (set.file.empty() == set.parts.empty()) throw UsageError(name + "give either a file or parts");
  if (set.fold_column && set.folds_file) throw UsageError(name + "give a fold column or a file of folds, not both");
  if (set.label && set.target) throw UsageError(name + "give a label or a target");
  if (!set.parts.empty() && (set.fold_column || set.folds_file)) throw UsageError(name + "parts have no folds");
}

void check(const Protocol& protocol, SaidBy said_by) {
  const auto called = [=](const char* option, const char* key) {
    return said_by == SaidBy::options ? std::string(option) : std::string("protocol.") + key;
  };
  const auto at_least = [](Index value, Index least, const std::string& what) {
    if (value < least) {
      throw UsageError(what + ": " + std::to_string(value) + " must be at least " + std::to_string(least));
    }
  };
  at_least(protocol.folds, 2, called("--folds", "folds"));
  at_least(protocol.repeats, 1, called("--repeats", "repeats"));
  at_least(protocol.inner_folds, 2, called("--inner-folds", "inner_folds"));
  if (protocol.ks.empty()) throw UsageError(called("-k,--neighbors", "neighbors") + ": there is no number");
  for (const Index k : protocol.ks) at_least(k, 1, called("-k,--neighbors", "neighbors"));
  at_least(protocol.preprocessing.pca, 0, called("--pca", "pca"));
  try {
    prepare::check(protocol.preprocessing);
  } catch (const UsageError& e) {
    throw UsageError((said_by == SaidBy::options ? "" : "protocol: ") + std::string(e.what()));
  }
  if (protocol.test && !(*protocol.test > 0 && *protocol.test < 1)) {
    throw UsageError(called("--test", "test") + ": the share must lie between 0 and 1");
  }
}

}  // namespace

std::string data_set_name(const std::string& path) {
  std::string name = path.substr(path.rfind('/') + 1);
  for (const std::string ending : {".gz", ".csv", ".train"}) {
    if (name.size() > ending.size() && name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

void check(const Experiment& experiment, SaidBy said_by) {
  for (const DataSet& set : experiment.datasets) check(set);
  check_names(experiment.datasets, "data set");
  for (const DataSet& set : experiment.datasets) {
    if (set.target.has_value() == experiment.regression()) continue;
    throw UsageError("data sets with a target and with labels have no figure in common: compare them apart");
  }
  if (experiment.regression() && experiment.protocol.votes == eval::Votes::lowest)
    throw UsageError("--votes: numbers have a mean and no ties; only weighted goes with a target");
  check_names(experiment.algorithms, "algorithm");
  check(experiment.protocol, said_by);
}

}  // namespace maha::experiment
