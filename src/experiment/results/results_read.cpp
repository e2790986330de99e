#include "experiment/results/results_read.hpp"

#include <cmath>
#include <map>
#include <tuple>

#include "experiment/experiment_json.hpp"
#include "io/json_keys.hpp"

namespace maha::experiment {
namespace {

constexpr double kRounding = 1e-9;  // of an accuracy that another program has written again

const io::Json& list_of(io::JsonKeys& file, const std::string& key) {
  const io::Json* list = file.find(key);
  if (!list || !list->is_array()) file.fail("has no list of " + key);
  return *list;
}

/// The places of the names of data sets or algorithms.
template <class Items>
std::map<std::string, Index> places_of(const Items& items) {
  std::map<std::string, Index> places;
  for (const auto& item : items) places.emplace(item.name, static_cast<Index>(places.size()));
  return places;
}

/// A data set, which must be the one of the experiment at its place.
DataSetFacts facts_from(const io::Json& json, const std::string& place, const DataSet& set) {
  DataSetFacts facts;
  std::string name;
  io::JsonKeys keys(json, place);
  keys.need("name", name);
  if (name != set.name) keys.fail("name", " is " + in_quotes(name) + ", and " + in_quotes(set.name) + " in experiment");
  keys.need("rows", facts.rows, 0);
  keys.need("features", facts.features, 0);
  keys.need("classes", facts.classes, 0);
  keys.need("checksum", facts.checksum);
  return facts;
}

/// Puts cells in their places, and finds the runs of each data set by the order in which they come.
class CellReader {
 public:
  explicit CellReader(Results& results)
      : results_(results),
        sets_(places_of(results.experiment.datasets)),
        algorithms_(places_of(results.experiment.algorithms)),
        runs_(results.datasets.size()) {}

  void add(const io::Json& json, const std::string& at) {
    io::JsonKeys keys(json, at);
    Cell cell;
    cell.dataset = place(keys, "dataset", sets_);
    cell.algorithm = place(keys, "algorithm", algorithms_);
    keys.take("failure", cell.failure);
    keys.need("train_rows", cell.train_rows, 0);
    keys.need("test_rows", cell.test_rows, cell.failed() ? 0 : 1);
    cell.run = run(keys, cell);
    if (!cell.failed()) read_result(keys, cell);
    const auto key = std::tuple(cell.dataset, cell.algorithm, cell.run);
    if (!cells_.emplace(key, std::move(cell)).second) keys.fail("is of a run that an entry before is of");
  }

  /// All cells, in the order of the experiment.
  void finish() {
    for (std::size_t s = 0; s < results_.datasets.size(); ++s) {
      const std::vector<RunName>& runs = results_.datasets[s].runs;
      if (runs.empty()) throw InputError("cells: none is of " + in_quotes(results_.experiment.datasets[s].name));
      for (std::size_t a = 0; a < results_.experiment.algorithms.size(); ++a) {
        for (std::size_t r = 0; r < runs.size(); ++r) take(s, a, r);
      }
    }
  }

 private:
  static Index place(io::JsonKeys& keys, const std::string& key, const std::map<std::string, Index>& places) {
    std::string name;
    keys.need(key, name);
    const auto found = places.find(name);
    if (found == places.end()) keys.fail(key, ": " + in_quotes(name) + " is not in the experiment");
    return found->second;
  }

  /// The run of a cell, which has the rows of the cells before it.
  Index run(io::JsonKeys& keys, const Cell& cell) {
    RunName name;
    keys.need("repeat", name.repeat, 1);
    keys.take("fold", name.fold);
    const auto s = static_cast<std::size_t>(cell.dataset);
    std::vector<RunName>& runs = results_.datasets[s].runs;
    const auto [found, is_new] = runs_[s].emplace(std::pair(name.repeat, name.fold), static_cast<Index>(runs.size()));
    if (is_new) runs.push_back(name);
    RunName& known = runs[static_cast<std::size_t>(found->second)];
    if (cell.failed()) return found->second;
    if (known.test_rows == 0) std::tie(known.train_rows, known.test_rows) = std::pair(cell.train_rows, cell.test_rows);
    Index ignored = 0;
    keys.need("train_rows", ignored, known.train_rows, known.train_rows);
    keys.need("test_rows", ignored, known.test_rows, known.test_rows);
    return found->second;
  }

  void read_result(io::JsonKeys& keys, Cell& cell) const {
    if (results_.experiment.regression()) {
      keys.need("rmse", cell.rmse, 0);
    } else {
      read_errors(keys, cell);
    }
    keys.take("chosen", cell.chosen);
    keys.take("converged", cell.converged);
    keys.take("warnings", cell.warnings);
  }

  static void read_errors(io::JsonKeys& keys, Cell& cell) {
    keys.need("errors", cell.errors, 0, cell.test_rows);
    double accuracy = cell.accuracy();
    keys.take("accuracy", accuracy, 0, 1);
    if (std::abs(accuracy - cell.accuracy()) > kRounding) {
      keys.fail("accuracy", " is " + io::Json(accuracy).dump() + ", and " + io::Json(cell.accuracy()).dump() +
                                " by errors and test_rows");
    }
  }

  void take(std::size_t set, std::size_t algorithm, std::size_t run) {
    const auto key = std::tuple(static_cast<Index>(set), static_cast<Index>(algorithm), static_cast<Index>(run));
    const auto found = cells_.find(key);
    if (found != cells_.end()) {
      results_.cells.push_back(std::move(found->second));
      return;
    }
    const RunName& name = results_.datasets[set].runs[run];
    throw InputError("cells: none is of " + in_quotes(results_.experiment.datasets[set].name) + ", " +
                     in_quotes(results_.experiment.algorithms[algorithm].name) + ", repeat " +
                     std::to_string(name.repeat) + (name.fold.empty() ? "" : ", fold " + in_quotes(name.fold)));
  }

  Results& results_;
  std::map<std::string, Index> sets_, algorithms_;
  std::vector<std::map<std::pair<Index, std::string>, Index>> runs_;  // of each data set, by repeat and fold
  std::map<std::tuple<Index, Index, Index>, Cell> cells_;
};

}  // namespace

Results parse_results(const std::string& text) {
  const io::Json json = io::parse_json(text);
  if (!json.is_object() || json.value("format", io::Json()) != "maha-results") {
    throw InputError("format is not maha-results, which maha-compare --format json writes");
  }
  io::JsonKeys file(json, "the comparison");
  if (!file.find("experiment")) file.fail("has no experiment");
  Results results;
  results.experiment = parse_experiment(text);
  check(results.experiment, SaidBy::file);
  const std::vector<DataSet>& sets = results.experiment.datasets;
  const io::Json& facts = list_of(file, "datasets");
  if (facts.size() != sets.size()) {
    file.fail("datasets",
              " are " + std::to_string(facts.size()) + ", and " + std::to_string(sets.size()) + " in experiment");
  }
  for (std::size_t s = 0; s < sets.size(); ++s) {
    results.datasets.push_back(facts_from(facts[s], "datasets[" + std::to_string(s + 1) + "]", sets[s]));
  }
  CellReader cells(results);
  std::size_t number = 0;
  for (const io::Json& cell : list_of(file, "cells")) cells.add(cell, "cells[" + std::to_string(++number) + "]");
  cells.finish();
  return results;
}

}  // namespace maha::experiment
