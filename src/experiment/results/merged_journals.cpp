#include "experiment/results/merged_journals.hpp"

#include <algorithm>

#include "core/text/counted.hpp"
#include "core/text/names.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "experiment/results/cell_keys.hpp"

namespace maha::experiment {
namespace {

constexpr std::size_t kMostListed = 8;  // shards in a message

std::tuple<Index, Index, Index> place_of(const Cell& cell) {
  return std::tuple(cell.dataset, cell.algorithm, cell.run);
}

/// Whether two cells of one place agree in all but their times.
bool same_figures(const Cell& a, const Cell& b) {
  const auto figures = [](const Cell& cell) {
    return std::tie(cell.train_rows, cell.test_rows, cell.errors, cell.rmse, cell.chosen, cell.converged,
                    cell.warnings);
  };
  return figures(a) == figures(b);
}

std::string figure_of(const Cell& cell, bool regression) {
  return regression ? "RMSE " + format_number(cell.rmse) : counted(cell.errors, "error");
}

/// The name with another number in place of `from`, if that is a number in it just once, with as many digits.
std::optional<std::string> renumbered(const std::string& name, Index from, Index to) {
  std::size_t found = std::string::npos, digits = 0;
  for (std::size_t at = name.rfind('/') + 1; at < name.size();) {  // 0 if there is no folder
    const std::size_t end = std::min(name.find_first_not_of("0123456789", at), name.size());
    if (end > at && whole_number(name.substr(at, end - at)) == from) {
      if (found != std::string::npos) return std::nullopt;
      std::tie(found, digits) = std::pair(at, end - at);
    }
    at = std::max(end, at + 1);
  }
  if (found == std::string::npos) return std::nullopt;
  const bool padded = name[found] == '0';
  std::string number = std::to_string(to);
  if (padded && number.size() < digits) number.insert(0, digits - number.size(), '0');
  return name.substr(0, found) + number + name.substr(found + digits);
}

}  // namespace

void MergedJournals::add(const std::string& journal, const JournalCells& cells) {
  journals_.push_back(journal);
  for (const Shard& shard : cells.shards) shards_.emplace_back(journal, shard);
  for (const Cell& cell : cells.known) put(journal, cell);
  for (const Cell& cell : cells.failed) found_.try_emplace(place_of(cell), Found{cell, journal});
}

void MergedJournals::put(const std::string& journal, const Cell& cell) {
  const auto [at, is_new] = found_.try_emplace(place_of(cell), Found{cell, journal});
  if (is_new) return;
  Found& before = at->second;
  if (before.cell.failed()) {
    before = {cell, journal};
    return;
  }
  if (same_figures(before.cell, cell)) return;
  const RunName& run = results_.run_of(cell);
  const bool regression = results_.experiment.regression();
  const std::string ours = figure_of(cell, regression), theirs = figure_of(before.cell, regression);
  throw InputError(journal + ": " + shown(results_.algorithm_of(cell).name) + " on " +
                   shown(results_.dataset_of(cell).name) + ", repeat " + std::to_string(run.repeat) +
                   (run.fold.empty() ? "" : ", fold " + shown(run.fold)) + ", has " +
                   (ours == theirs ? "another result than in " : ours + ", and " + theirs + " in ") + before.journal +
                   ": one of them is of another version, or was changed");
}

std::vector<Cell> MergedJournals::cells() const {
  std::vector<Cell> all, missing;
  for (const Cell& cell : results_.cells) {
    const auto found = found_.find(place_of(cell));
    if (found == found_.end()) {
      missing.push_back(cell);
    } else {
      all.push_back(found->second.cell);
    }
  }
  if (!missing.empty()) refuse(missing);
  return all;
}

void MergedJournals::refuse(const std::vector<Cell>& missing) const {
  const std::string what = std::to_string(missing.size()) + " of " + counted(results_.cells.size(), "cell") +
                           (missing.size() == 1 ? " is" : " are") + " in none of the journals";
  if (shards_.empty()) throw CellsMissing(what, std::nullopt, journals_.front());
  const Index count = usual_count();
  const CellKeys keys(results_);
  std::map<Index, std::size_t> missing_of;
  for (const Cell& cell : missing) ++missing_of[shard_of(keys.of(cell), count)];
  std::vector<std::string> listed;
  for (const auto& [number, cells] : missing_of) {
    if (listed.size() == kMostListed) break;
    listed.push_back(std::to_string(cells) + " of shard " + Shard{number, count}.text());
  }
  const std::size_t more = missing_of.size() - listed.size();
  const Shard first{missing_of.begin()->first, count};
  throw CellsMissing(what + ": " + join(listed) + (more > 0 ? " and " + counted(more, "more shard") : ""), first,
                     journal_for(first));
}

/// Into how many shards most journals say that the experiment was dealt; of equally many, the first.
Index MergedJournals::usual_count() const {
  std::map<Index, std::size_t> journals_of;
  for (const auto& entry : shards_) ++journals_of[entry.second.of];
  Index usual = shards_.front().second.of;
  for (const auto& entry : shards_) {
    if (journals_of[entry.second.of] > journals_of[usual]) usual = entry.second.of;
  }
  return usual;
}

/// The journal of a shard; if none is there, a name as those of the others have it.
std::string MergedJournals::journal_for(const Shard& shard) const {
  for (const auto& [journal, of] : shards_) {
    if (of == shard) return journal;
  }
  for (const auto& [journal, of] : shards_) {
    const auto name = of.of == shard.of ? renumbered(journal, of.number, shard.number) : std::nullopt;
    if (name && std::find(journals_.begin(), journals_.end(), *name) == journals_.end()) return *name;
  }
  return "shard-" + std::to_string(shard.number) + "-of-" + std::to_string(shard.of);
}

}  // namespace maha::experiment
