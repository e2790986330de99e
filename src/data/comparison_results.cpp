#include "data/comparison_results.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "data/input.hpp"

namespace maha {
namespace {

using json = nlohmann::ordered_json;

const json& list(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_array()) throw InputError(std::string(key) + " is no list");
  return *found;
}

std::string text(const json& value, const std::string& what) {
  if (!value.is_string()) throw InputError(what + " is no text");
  return value.get<std::string>();
}

std::string text(const json& object, const char* key, const std::string& where) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  if (found == object.end()) throw InputError(where + " has no " + key);
  return text(*found, where + " " + key);
}

std::optional<double> number(const json& object, const char* key, const std::string& where) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!found->is_number()) throw InputError(where + " " + key + " is no number");
  return found->get<double>();
}

std::size_t place(const std::vector<std::string>& names, const std::string& name, const std::string& where) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) throw InputError(where + ": '" + name + "' is not in the list");
  return static_cast<std::size_t>(found - names.begin());
}

ComparisonResults from_json(const json& file) {
  if (!file.is_object() || file.value("format", json()) != "maha-results") {
    throw InputError("format is not maha-results, which maha-compare --format json writes");
  }
  if (file.value("version", json()) != 1) throw InputError("version is not 1, the one that is known");
  ComparisonResults results;
  for (const json& dataset : list(file, "datasets")) results.datasets.push_back(text(dataset, "name", "datasets"));
  for (const json& algorithm : list(file, "algorithms")) results.algorithms.push_back(text(algorithm, "algorithms"));
  std::size_t entry = 0;
  for (const json& cell : list(file, "summary")) {
    const std::string where = "summary entry " + std::to_string(++entry);
    const std::size_t dataset = place(results.datasets, text(cell, "dataset", where), where);
    const std::size_t algorithm = place(results.algorithms, text(cell, "algorithm", where), where);
    const std::optional<double> accuracy = number(cell, "accuracy", where);
    if (accuracy) results.cells.push_back({dataset, algorithm, *accuracy, number(cell, "sd", where).value_or(0)});
  }
  if (results.cells.empty()) throw InputError("no algorithm has an accuracy on any data set");
  results.ranks.resize(results.algorithms.size());
  if (!file.contains("ranks") || file["ranks"].is_null()) return results;
  for (const json& rank : list(file, "ranks")) {
    results.ranks[place(results.algorithms, text(rank, "algorithm", "ranks"), "ranks")] = number(rank, "rank", "ranks");
  }
  return results;
}

}  // namespace

ComparisonResults read_comparison(const std::string& path) {
  const std::string name = input_name(path), content = read_all(path);
  const json file = json::parse(content, nullptr, false);
  if (file.is_discarded()) throw InputError(name + ": is not JSON");
  try {
    return from_json(file);
  } catch (const InputError& e) {
    throw InputError(name + ": " + e.what());
  }
}

}  // namespace maha
