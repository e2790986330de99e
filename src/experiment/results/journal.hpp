#pragma once

#include <string>
#include <vector>

#include "experiment/results/results.hpp"

namespace maha::experiment {

/// A journal keeps the finished cells of a comparison, in any order: one line that identifies the experiment and the
/// data, then a line of JSON for each cell.
std::string journal_opening(const Results& results);
std::string journal_line(const Cell& cell);

/// The cells of a journal, without those that failed, which may be run again; a truncated last line is ignored. Throws
/// InputError, without the file's name, if the journal is not of this experiment on these data; it names the line and
/// the key of anything that cannot be a result of it.
std::vector<Cell> parse_journal(const std::string& text, const Results& results);

}  // namespace maha::experiment
