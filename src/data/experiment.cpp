#include "data/experiment.hpp"

#include <set>
#include <string>

#include "core/error.hpp"
#include "core/text.hpp"

namespace maha {
namespace {

template <class Items>
void check_names(const Items& items, const std::string& what) {
  if (items.empty()) throw UsageError("there is no " + what + " to compare");
  std::set<std::string> names;
  for (const auto& item : items) {
    if (item.name.empty()) throw UsageError(what + " " + std::to_string(names.size() + 1) + " has no name");
    if (!names.insert(item.name).second) throw UsageError("two " + what + "s are called " + in_quotes(item.name));
  }
}

void check(const DataSet& set) {
  const std::string name = "data set " + in_quotes(set.name) + ": ";
  if (set.file.empty() == set.parts.empty()) throw UsageError(name + "give either a file or parts");
  if (set.fold_column && set.folds_file) throw UsageError(name + "give a fold column or a file of folds, not both");
  if (!set.parts.empty() && (set.fold_column || set.folds_file)) throw UsageError(name + "parts have no folds");
}

void check(const Protocol& protocol) {
  const auto at_least = [](Index value, Index least, const std::string& what) {
    if (value < least) {
      throw UsageError(what + ": " + std::to_string(value) + " must be at least " + std::to_string(least));
    }
  };
  at_least(protocol.folds, 2, "folds");
  at_least(protocol.repeats, 1, "repeats");
  at_least(protocol.inner_folds, 2, "inner_folds");
  at_least(protocol.k, 1, "neighbors");
  at_least(protocol.preprocessing.pca, 0, "pca");
  if (protocol.test && !(*protocol.test > 0 && *protocol.test < 1)) {
    throw UsageError("test: the share must lie between 0 and 1");
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

void check(const Experiment& experiment) {
  for (const DataSet& set : experiment.datasets) check(set);
  check_names(experiment.datasets, "data set");
  check_names(experiment.algorithms, "algorithm");
  check(experiment.protocol);
}

}  // namespace maha
