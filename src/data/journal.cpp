#include "data/journal.hpp"

#include "data/experiment_json.hpp"
#include "data/json_keys.hpp"

namespace maha {
namespace {

Json json_of(const Cell& cell) {
  Json json{{"dataset", cell.dataset},         {"algorithm", cell.algorithm},      {"run", cell.run},
            {"train_rows", cell.train_rows},   {"test_rows", cell.test_rows},      {"errors", cell.errors},
            {"chosen", cell.chosen},           {"warnings", cell.warnings},        {"failure", cell.failure},
            {"fit_seconds", cell.fit_seconds}, {"test_seconds", cell.test_seconds}};
  if (cell.converged) json["converged"] = *cell.converged;
  return json;
}

Cell cell_from(const Json& json, const std::string& place) {
  Cell cell;
  JsonKeys keys(json, place);
  keys.take("dataset", cell.dataset);
  keys.take("algorithm", cell.algorithm);
  keys.take("run", cell.run);
  keys.take("train_rows", cell.train_rows);
  keys.take("test_rows", cell.test_rows);
  keys.take("errors", cell.errors);
  keys.take("chosen", cell.chosen);
  keys.take("warnings", cell.warnings);
  keys.take("failure", cell.failure);
  keys.take("fit_seconds", cell.fit_seconds);
  keys.take("test_seconds", cell.test_seconds);
  if (const Json* converged = keys.find("converged")) cell.converged = *converged == true;
  keys.done();
  return cell;
}

bool belongs(const Cell& cell, const Results& results) {
  const auto within = [](Index i, std::size_t n) { return i >= 0 && i < static_cast<Index>(n); };
  return within(cell.dataset, results.datasets.size()) &&
         within(cell.algorithm, results.experiment.algorithms.size()) &&
         within(cell.run, results.datasets[static_cast<std::size_t>(cell.dataset)].runs.size());
}

}  // namespace

std::string journal_opening(const Results& results) {
  Json json{{"format", "maha-journal"}, {"version", 1}};
  json["experiment"] = parse_json(format_experiment(results.experiment));
  for (const DataSetFacts& facts : results.datasets) json["checksums"].push_back(facts.checksum);
  return dump_json(json) + "\n";
}

std::string journal_line(const Cell& cell) { return dump_json(json_of(cell)) + "\n"; }

std::vector<Cell> parse_journal(const std::string& text, const Results& results) {
  const std::string opening = journal_opening(results);
  if (!text.starts_with(opening)) throw InputError("is the journal of another experiment, or of other data");
  std::vector<Cell> cells;
  long line = 2;
  for (std::size_t at = opening.size(), end; (end = text.find('\n', at)) != std::string::npos; at = end + 1, ++line) {
    const std::string place = "line " + std::to_string(line);
    Cell cell = cell_from(parse_json(text.substr(at, end - at)), place);
    if (!belongs(cell, results)) throw InputError(place + " is of no cell of this experiment");
    if (!cell.failed()) cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace maha
