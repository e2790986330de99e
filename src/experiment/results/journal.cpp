#include "experiment/results/journal.hpp"

#include <set>
#include <tuple>

#include "experiment/experiment_json.hpp"
#include "io/json_keys.hpp"

namespace maha::experiment {
namespace {

io::Json json_of(const Cell& cell) {
  io::Json json{{"dataset", cell.dataset},         {"algorithm", cell.algorithm},      {"run", cell.run},
                {"train_rows", cell.train_rows},   {"test_rows", cell.test_rows},      {"errors", cell.errors},
                {"chosen", cell.chosen},           {"warnings", cell.warnings},        {"failure", cell.failure},
                {"fit_seconds", cell.fit_seconds}, {"test_seconds", cell.test_seconds}};
  if (cell.converged) json["converged"] = *cell.converged;
  return json;
}

/// A cell that is a possible result of this experiment.
Cell cell_from(const io::Json& json, const std::string& place, const Results& results) {
  const auto last = [](const auto& list) { return static_cast<Index>(list.size()) - 1; };
  Cell cell;
  io::JsonKeys keys(json, place);
  keys.need("dataset", cell.dataset, 0, last(results.datasets));
  keys.need("algorithm", cell.algorithm, 0, last(results.experiment.algorithms));
  keys.need("run", cell.run, 0, last(results.datasets[static_cast<std::size_t>(cell.dataset)].runs));
  keys.need("failure", cell.failure);
  const RunName& run = results.run_of(cell);  // one that failed may have no figures
  keys.need("train_rows", cell.train_rows, cell.failed() ? 0 : run.train_rows, run.train_rows);
  keys.need("test_rows", cell.test_rows, cell.failed() ? 0 : run.test_rows, run.test_rows);
  keys.need("errors", cell.errors, 0, cell.test_rows);
  keys.need("chosen", cell.chosen);
  keys.need("warnings", cell.warnings);
  keys.need("fit_seconds", cell.fit_seconds, 0);
  keys.need("test_seconds", cell.test_seconds, 0);
  keys.take("converged", cell.converged);
  keys.done();
  return cell;
}

io::Json parse_line(const std::string& text, const std::string& place) {
  try {
    return io::parse_json(text);
  } catch (const InputError& e) {
    throw InputError(place + ": " + e.what());
  }
}

}  // namespace

std::string journal_opening(const Results& results) {
  io::Json json{{"format", "maha-journal"}, {"version", 1}};
  json["experiment"] = io::parse_json(format_experiment(results.experiment));
  for (const DataSetFacts& facts : results.datasets) json["checksums"].push_back(facts.checksum);
  return io::dump_json(json) + "\n";
}

/// Bytes of messages that are not UTF-8 are replaced, so that no run is lost because of them.
std::string journal_line(const Cell& cell) { return io::dump_replacing(json_of(cell)) + "\n"; }

std::vector<Cell> parse_journal(const std::string& text, const Results& results) {
  const std::string opening = journal_opening(results);
  if (!text.starts_with(opening)) throw InputError("is the journal of another experiment, or of other data");
  std::vector<Cell> cells;
  std::set<std::tuple<Index, Index, Index>> known;
  long line = 2;
  for (std::size_t at = opening.size(), end; (end = text.find('\n', at)) != std::string::npos; at = end + 1, ++line) {
    const std::string place = "line " + std::to_string(line);
    Cell cell = cell_from(parse_line(text.substr(at, end - at), place), place, results);
    if (cell.failed()) continue;
    if (!known.emplace(cell.dataset, cell.algorithm, cell.run).second) {
      throw InputError(place + " is of a run that a line before has the result of");
    }
    cells.push_back(std::move(cell));
  }
  return cells;
}

}  // namespace maha::experiment
