#include "experiment/results/results_summary.hpp"

#include <algorithm>
#include <limits>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "io/input.hpp"
#include "io/json_keys.hpp"

namespace maha::experiment {
namespace {

constexpr double kMostSd = 1;  // of accuracies, which are fractions

/// Names, each once, and the place of each among them.
class Names {
 public:
  /// One for each item of a list.
  template <class NameOf>
  Names(io::JsonKeys& file, const std::string& key, NameOf name_of) {
    const io::Json* list = file.find(key);
    if (!list || !list->is_array()) file.fail("has no list of " + key);
    for (const io::Json& item : *list) {
      const std::string at = key + "[" + std::to_string(names_.size() + 1) + "]", name = name_of(item, at);
      if (!places_.emplace(name, names_.size()).second)
        throw InputError(at + ": " + in_quotes(name) + " is there twice");
      names_.push_back(name);
    }
  }

  const std::vector<std::string>& all() const { return names_; }

  /// The place of the name that a key has.
  std::size_t place(io::JsonKeys& keys, const std::string& key) const {
    std::string name;
    keys.need(key, name);
    const auto found = places_.find(name);
    if (found == places_.end()) keys.fail(key, ": " + in_quotes(name) + " is not in the list of them");
    return found->second;
  }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> places_;
};

std::string dataset_name(const io::Json& item, const std::string& place) {
  io::JsonKeys keys(item, place);
  std::string name;
  Index ignored = 0;
  keys.need("name", name);
  for (const char* count : {"rows", "features", "classes"}) keys.take(count, ignored, 0);
  return name;
}

std::string algorithm_name(const io::Json& item, const std::string& place) {
  if (!item.is_string()) throw InputError(place + " is " + io::brief(item) + ", and not text");
  return item.get<std::string>();
}

void read_summary(io::JsonKeys& file, const Names& datasets, const Names& algorithms, ResultsSummary& results) {
  const io::Json* summary = file.find("summary");
  if (!summary || !summary->is_array()) file.fail("has no list of summary");
  std::set<std::pair<std::size_t, std::size_t>> known;
  std::size_t number = 0;
  for (const io::Json& item : *summary) {
    io::JsonKeys keys(item, "summary[" + std::to_string(++number) + "]");
    const bool regression = item.contains("rmse");  // with null, if all runs failed
    if (number > 1 && regression != results.regression) keys.fail("is of another kind of error than those before");
    results.regression = regression;
    ResultsSummary::Entry entry;
    entry.dataset = datasets.place(keys, "dataset");
    entry.algorithm = algorithms.place(keys, "algorithm");
    if (!known.emplace(entry.dataset, entry.algorithm).second) {
      keys.fail("is of a data set and an algorithm that an entry before is of");
    }
    Index ignored = 0;
    keys.take("runs", ignored, 0);
    keys.take("failed", ignored, 0);
    const double any = std::numeric_limits<double>::max();
    const char* const mean = regression ? "rmse" : "accuracy";
    keys.take(mean, entry.mean, 0, regression ? any : 1);
    keys.take("sd", entry.sd, 0, regression ? any : kMostSd);
    if (keys.find(mean)) results.entries.push_back(entry);
  }
  if (results.entries.empty()) throw InputError("no algorithm has an accuracy or RMSE on any data set");
}

void read_ranks(io::JsonKeys& file, const Names& algorithms, ResultsSummary& results) {
  results.ranks.resize(results.algorithms.size());
  const io::Json* ranks = file.find("ranks");
  if (!ranks) return;
  if (!ranks->is_array()) file.fail("has ranks that are no list");
  std::size_t number = 0;
  for (const io::Json& item : *ranks) {
    io::JsonKeys keys(item, "ranks[" + std::to_string(++number) + "]");
    const std::size_t algorithm = algorithms.place(keys, "algorithm");
    double rank = 0;
    keys.take("rank", rank, 1, static_cast<double>(results.algorithms.size()));
    if (keys.find("rank")) results.ranks[algorithm] = rank;
  }
}

/// The specs of algorithms that have other names, as the experiment has them.
void read_specs(io::JsonKeys& file, const Names& algorithms, ResultsSummary& results) {
  results.specs = algorithms.all();
  const io::Json* experiment = file.find("experiment");
  if (!experiment) return;
  const io::Json* list = io::JsonKeys(*experiment, "experiment").find("algorithms");
  if (!list || !list->is_array()) return;
  std::size_t number = 0;
  for (const io::Json& item : *list) {
    ++number;
    if (!item.is_object()) continue;
    io::JsonKeys keys(item, "experiment.algorithms[" + std::to_string(number) + "]");
    if (!keys.find("name")) continue;
    const std::size_t place = algorithms.place(keys, "name");
    keys.need("spec", results.specs[place]);
  }
}

ResultsSummary from_json(const io::Json& file) {
  if (!file.is_object() || file.value("format", io::Json()) != "maha-results") {
    throw InputError("format is not maha-results, which maha-compare --format json writes");
  }
  if (file.value("version", io::Json()) != 1) throw InputError("version is not 1, the one that is known");
  ResultsSummary results;
  io::JsonKeys keys(file, "the comparison");
  const Names datasets(keys, "datasets", dataset_name), algorithms(keys, "algorithms", algorithm_name);
  results.datasets = datasets.all();
  results.algorithms = algorithms.all();
  read_summary(keys, datasets, algorithms, results);
  read_ranks(keys, algorithms, results);
  read_specs(keys, algorithms, results);
  return results;
}

}  // namespace

ResultsSummary read_results_summary(const std::string& path) {
  const std::string name = io::input_name(path), content = io::read_all(path);
  try {
    return from_json(io::parse_json(content));
  } catch (const InputError& e) {
    throw InputError(name + ": " + e.what());
  }
}

}  // namespace maha::experiment
