#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "experiment/results/results.hpp"
#include "experiment/results/shard.hpp"

namespace maha::experiment {

/// A journal keeps finished cells of any comparisons, in any order: a line that says what it is, then a line of JSON
/// for each cell. A cell is known by what its result depends on: the data, which of their rows are tested, the spec as
/// it is written, and of the protocol the seed, the votes, the preprocessing and, where there is something to choose,
/// the number of inner folds. A line of another kind says which shard of an experiment a run with this journal was to
/// work out.
std::string journal_opening();
std::string journal_line(const Results& results, const Cell& cell);
std::string journal_line(const Shard& shard);

/// What a journal holds.
struct JournalCells {
  std::vector<Cell> known;    ///< the results of this comparison, in their places, each at most once
  std::vector<Cell> failed;   ///< in the same way, what failed the last time and has no result: it may be run again
  std::size_t of_others = 0;  ///< the number of results of other comparisons
  std::set<Shard> shards;     ///< that it was written for
  /// And of those of a data set of this name that are all of other data.
  std::map<std::string, std::size_t> other_data;
};

/// Reads a journal for a comparison; a truncated last line is ignored, also where it is the first. Throws InputError,
/// without the file's name, if it is no journal of this version; it names the line and the key of anything that cannot
/// be a result.
JournalCells parse_journal(const std::string& text, const Results& results);

class JournalPlaces;

/// The same of several journals of one comparison, whose cells are looked through once.
class JournalReader {
 public:
  /// The results must outlive this.
  explicit JournalReader(const Results& results);
  ~JournalReader();
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;

  JournalCells read(const std::string& text) const;

 private:
  const Results& results_;
  std::unique_ptr<const JournalPlaces> places_;
};

/// Throws InputError as parse_journal unless a text begins as a journal does.
void check_opening(const std::string& text);

}  // namespace maha::experiment
