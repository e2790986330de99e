#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiment/results/results.hpp"

namespace maha::experiment {

/// A journal keeps finished cells of any comparisons, in any order: a line that says what it is, then a line of JSON
/// for each cell. A cell is known by what its result depends on: the data, which of their rows are tested, the spec as
/// it is written, and of the protocol the seed, the votes, the preprocessing and, where there is something to choose,
/// the number of inner folds.
std::string journal_opening();
std::string journal_line(const Results& results, const Cell& cell);

/// What a journal holds, without the cells that failed, which may be run again.
struct JournalCells {
  std::vector<Cell> known;    ///< those of this comparison, in their places, each at most once
  std::size_t of_others = 0;  ///< the number of those of other comparisons
  /// And of those of a data set of this name that are all of other data.
  std::map<std::string, std::size_t> other_data;
};

/// Reads a journal for a comparison; a truncated last line is ignored. Throws InputError, without the file's name, if
/// it is no journal of this version; it names the line and the key of anything that cannot be a result.
JournalCells parse_journal(const std::string& text, const Results& results);

}  // namespace maha::experiment
