#include "experiment/results/journal.hpp"

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

#include "core/text/blanks.hpp"
#include "experiment/results/cell_keys.hpp"
#include "io/json_keys.hpp"

namespace maha::experiment {

/// The cells of a comparison by their keys; of equal data, or equal specs, there are several.
class JournalPlaces {
 public:
  explicit JournalPlaces(const Results& results) : results_(results) {
    const CellKeys keys(results);
    for (std::size_t s = 0; s < results.datasets.size(); ++s) {
      for (std::size_t a = 0; a < results.experiment.algorithms.size(); ++a) {
        for (std::size_t r = 0; r < results.datasets[s].runs.size(); ++r) {
          Cell cell;
          std::tie(cell.dataset, cell.algorithm, cell.run) = std::tuple(s, a, r);
          cells_[keys.of(cell)].push_back(cell);
        }
      }
    }
  }

  const std::vector<Cell>& of(const std::string& key) const {
    static const std::vector<Cell> kNone;
    const auto found = cells_.find(key);
    return found == cells_.end() ? kNone : found->second;
  }

  /// Whether a data set of this name has other data than these.
  bool changed(const std::string& name, const std::string& checksum) const {
    for (std::size_t s = 0; s < results_.datasets.size(); ++s) {
      if (results_.experiment.datasets[s].name == name) return results_.datasets[s].checksum != checksum;
    }
    return false;
  }

 private:
  const Results& results_;
  std::map<std::string, std::vector<Cell>> cells_;
};

namespace {

constexpr Index kMost = std::numeric_limits<Index>::max();

/// A line: a cell, whose places are not known, and what it was in its comparison.
struct Line {
  std::string dataset, algorithm, checksum, key;
  Cell cell;
};

Line line_from(const io::Json& json, const std::string& place, const JournalPlaces& places, const Results& results) {
  Line line;
  Cell& cell = line.cell;
  io::JsonKeys keys(json, place);
  std::string split, spec, fold;
  Index repeat = 1;
  keys.need("dataset", line.dataset);
  keys.need("checksum", line.checksum);
  keys.need("split", split);
  keys.need("algorithm", line.algorithm);
  keys.need("spec", spec);
  const io::Json* settings = keys.find("settings");
  if (!settings || !settings->is_object()) keys.fail("has no settings");
  keys.need("repeat", repeat, 1);
  keys.need("fold", fold);
  line.key = cell_key(split, spec, *settings);
  keys.need("failure", cell.failure);
  const std::vector<Cell>& same = places.of(line.key);
  RunName run{repeat, fold, 0, kMost};  // one that failed may have no figures
  if (!same.empty()) run = results.run_of(same.front());
  const bool exactly = !same.empty() && !cell.failed();
  keys.need("train_rows", cell.train_rows, exactly ? run.train_rows : 0, same.empty() ? kMost : run.train_rows);
  keys.need("test_rows", cell.test_rows, exactly ? run.test_rows : 0, run.test_rows);
  if (keys.find("rmse")) {
    keys.need("rmse", cell.rmse, 0);
  } else {
    keys.need("errors", cell.errors, 0, cell.test_rows);
  }
  keys.need("chosen", cell.chosen);
  keys.need("warnings", cell.warnings);
  keys.need("fit_seconds", cell.fit_seconds, 0);
  keys.need("test_seconds", cell.test_seconds, 0);
  keys.take("converged", cell.converged);
  keys.done();
  return line;
}

io::Json parse_line(const std::string& text, const std::string& place) {
  if (trimmed(text).empty()) throw InputError(place + " is empty");
  try {
    return io::parse_json(text);
  } catch (const InputError& e) {
    std::string what = e.what();
    const std::string of_line = "at line 1, ";  // it has only one, and its place names that
    if (const std::size_t at = what.find(of_line); at != std::string::npos) what.erase(at + 3, of_line.size() - 3);
    throw InputError(place + ": " + what);
  }
}

Shard shard_of_line(const io::Json& json, const std::string& place) {
  Shard shard;
  io::JsonKeys keys(json, place);
  keys.need("of", shard.of, 1, kMostShards);
  keys.need("shard", shard.number, 1, shard.of);
  keys.done();
  return shard;
}

/// Sorts the lines of a journal into the places of a comparison.
class Sorter {
 public:
  Sorter(const Results& results, const JournalPlaces& places) : results_(results), places_(places) {}

  void add(const std::string& text, const std::string& place) {
    const io::Json json = parse_line(text, place);
    if (json.is_object() && json.contains("shard")) {
      found_.shards.insert(shard_of_line(json, place));
      return;
    }
    if (json.is_object() && json.contains("format")) {
      throw InputError(place + " is where another journal begins: each is a file of its own");
    }
    const Line line = line_from(json, place, places_, results_);
    checksums_.insert(line.checksum);
    if (line.cell.failed()) {
      for (const Cell& at : places_.of(line.key)) put(line, at, failed_);
      return;
    }
    if (!lines_.emplace(line.dataset, line.algorithm, line.key).second) {
      throw InputError(place + " is of a run that a line before has the result of");
    }
    const std::vector<Cell>& same = places_.of(line.key);
    for (const Cell& at : same) put(line, at, cells_);
    if (!same.empty()) return;
    ++(places_.changed(line.dataset, line.checksum) ? found_.other_data[line.dataset] : found_.of_others);
  }

  JournalCells take() {
    for (auto& [place, cell] : failed_) {
      if (!cells_.contains(place)) found_.failed.push_back(std::move(cell));
    }
    for (auto& [place, cell] : cells_) found_.known.push_back(std::move(cell));
    for (std::size_t s = 0; s < results_.datasets.size(); ++s) pass_over_if_known(s);
    return std::move(found_);
  }

 private:
  /// Of a data set of which there are cells of these data too, what it holds of other data is history, or of runs with
  /// other columns or rows.
  void pass_over_if_known(std::size_t set) {
    const auto other = found_.other_data.find(results_.experiment.datasets[set].name);
    if (other == found_.other_data.end()) return;
    const auto is_of = [&](const Cell& cell) { return static_cast<std::size_t>(cell.dataset) == set; };
    const bool known = std::any_of(found_.known.begin(), found_.known.end(), is_of);
    if (!known && checksums_.count(results_.datasets[set].checksum) == 0) return;
    found_.of_others += other->second;
    found_.other_data.erase(other);
  }

  using Cells = std::map<std::tuple<Index, Index, Index>, Cell>;

  /// The cell of a line with the names of its place goes before that of another.
  void put(const Line& line, const Cell& at, Cells& cells) const {
    Cell cell = line.cell;
    std::tie(cell.dataset, cell.algorithm, cell.run) = std::tie(at.dataset, at.algorithm, at.run);
    const std::tuple place(at.dataset, at.algorithm, at.run);
    const bool namesake =
        results_.dataset_of(at).name == line.dataset && results_.algorithm_of(at).name == line.algorithm;
    if (namesake) {
      cells.insert_or_assign(place, std::move(cell));
    } else {
      cells.try_emplace(place, std::move(cell));
    }
  }

  const Results& results_;
  const JournalPlaces& places_;
  JournalCells found_;
  Cells cells_, failed_;
  std::set<std::tuple<std::string, std::string, std::string>> lines_;
  std::set<std::string> checksums_;  // of the data of all lines
};

}  // namespace

std::string journal_opening() { return io::dump_json({{"format", "maha-journal"}, {"version", 2}}) + "\n"; }

/// Bytes of messages that are not UTF-8 are replaced, so that no run is lost because of them.
std::string journal_line(const Results& results, const Cell& cell) {
  const RunName& run = results.run_of(cell);
  const AlgorithmChoice& algorithm = results.algorithm_of(cell);
  io::Json json{{"dataset", results.dataset_of(cell).name},
                {"checksum", results.datasets[static_cast<std::size_t>(cell.dataset)].checksum},
                {"split", run.checksum},
                {"algorithm", algorithm.name},
                {"spec", algorithm.spec},
                {"settings", settings_of(results, algorithm.spec)},
                {"repeat", run.repeat},
                {"fold", run.fold},
                {"train_rows", cell.train_rows},
                {"test_rows", cell.test_rows},
                {results.experiment.regression() ? "rmse" : "errors",
                 results.experiment.regression() ? io::Json(cell.rmse) : io::Json(cell.errors)},
                {"chosen", cell.chosen},
                {"warnings", cell.warnings},
                {"failure", cell.failure},
                {"fit_seconds", cell.fit_seconds},
                {"test_seconds", cell.test_seconds}};
  if (cell.converged) json["converged"] = *cell.converged;
  return io::dump_replacing(json) + "\n";
}

std::string journal_line(const Shard& shard) {
  return io::dump_json({{"shard", shard.number}, {"of", shard.of}}) + "\n";
}

void check_opening(const std::string& text) {
  const std::string opening = journal_opening();
  const bool cut_off = text.find('\n') == std::string::npos;
  if (cut_off ? opening.starts_with(text) : text.starts_with(opening)) return;
  io::Json json;
  try {
    json = io::parse_json(text.substr(0, text.find('\n')));
  } catch (const InputError&) {
    throw InputError("is no journal");
  }
  if (!json.is_object() || json.value("format", io::Json()) != "maha-journal") throw InputError("is no journal");
  if (json.value("version", io::Json()) == 1) {
    throw InputError("is a journal of version 1, whose cells can go into no other experiment: name a new file");
  }
  throw InputError("is no journal of version 2");
}

JournalReader::JournalReader(const Results& results)
    : results_(results), places_(std::make_unique<const JournalPlaces>(results)) {}

JournalReader::~JournalReader() = default;

JournalCells JournalReader::read(const std::string& text) const {
  check_opening(text);
  Sorter sorter(results_, *places_);
  long line = 2;
  for (std::size_t at = std::min(text.size(), journal_opening().size()), end;
       (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    sorter.add(text.substr(at, end - at), "line " + std::to_string(line++));
  }
  return sorter.take();
}

JournalCells parse_journal(const std::string& text, const Results& results) {
  return JournalReader(results).read(text);
}

}  // namespace maha::experiment
