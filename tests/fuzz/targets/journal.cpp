#include "experiment/results/journal.hpp"

#include "experiment/experiment_json.hpp"
#include "fuzz.hpp"

namespace maha::fuzz {
namespace {

/// Two comparisons, of which the second has a target and something to choose.
experiment::Results some_results(bool regression) {
  experiment::Results results;
  results.experiment = experiment::parse_experiment(
      regression ? R"({"datasets": [{"file": "d.csv", "target": "y"}], "algorithms": ["pca:rank=1|2"]})"
                 : R"({"datasets": [{"file": "d.csv"}, {"file": "e.csv"}], "algorithms": ["cov", "lmnn:k=1|3"]})");
  const std::vector<experiment::RunName> runs{{1, "1", 8, 2, "a1"}, {1, "2", 8, 2, "a2"}};
  results.datasets.push_back({10, 2, 3, "00ff", runs});
  if (!regression) results.datasets.push_back({10, 2, 3, "11ee", {{1, "1", 8, 2, "a3"}, {1, "2", 8, 2, "a1"}}});
  return results;
}

std::string written(const experiment::Results& results, const experiment::JournalCells& cells) {
  std::string text = experiment::journal_opening();
  for (const experiment::Shard& shard : cells.shards) text += experiment::journal_line(shard);
  for (const experiment::Cell& cell : cells.known) text += experiment::journal_line(results, cell);
  for (const experiment::Cell& cell : cells.failed) text += experiment::journal_line(results, cell);
  return text;
}

}  // namespace

void journal(std::string_view input) {
  static const experiment::Results labels = some_results(false), target = some_results(true);
  Choices choices(input);
  const experiment::Results& results = choices.flag() ? target : labels;
  // Most inputs are to get past the first line.
  const std::string text = (choices.flag() ? "" : experiment::journal_opening()) + std::string(choices.rest());
  experiment::JournalCells cells;
  if (!done([&] { cells = experiment::parse_journal(text, results); })) return;
  const std::string once = written(results, cells);
  experiment::JournalCells again;
  require(done([&] { again = experiment::parse_journal(once, results); }), "a journal that was written can be read");
  require(written(results, again) == once, "a journal is written as it was read");
}

}  // namespace maha::fuzz
