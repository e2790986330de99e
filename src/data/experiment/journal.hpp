#pragma once

#include <string>
#include <vector>

#include "data/experiment/results.hpp"

namespace maha {

/// A journal keeps the cells of a comparison as they are finished, in any order: a line that says of what experiment on
/// what data, then a line of JSON for each cell.
std::string journal_opening(const Results& results);
std::string journal_line(const Cell& cell);

/// The cells of a journal, without those that failed, which may be tried again; a last line that was cut off is passed
/// over. Throws InputError, without the file's name, if it is not of this experiment on these data, or naming the
/// line and the key if that cannot have come out of it.
std::vector<Cell> parse_journal(const std::string& text, const Results& results);

}  // namespace maha
