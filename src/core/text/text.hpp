#pragma once
/// Texts of unknown origin (fields, labels, names, paths) as messages and reports show them: on one line, harmless to a
/// terminal and not too long.

#include <string>
#include <string_view>
#include <vector>

namespace maha {

/// The text with everything invisible escaped: control characters as \n, \t, \x1b, bytes that are not UTF-8 as \xe9,
/// and line separators and marks that change the writing direction as \u2028. Printable text is unchanged.
std::string printable(std::string_view text);

/// The printable text; of one with more than `most` characters, only the beginning, `...` and its size.
std::string shown(std::string_view text, std::size_t most = 60);

/// The text in single quotes, as messages quote values; of a longer one, the first 60 characters and its size.
std::string in_quotes(std::string_view text);

/// Names separated by commas, each shown(); of more than two dozen, the first ones and their total number.
std::string listing(const std::vector<std::string>& names);

}  // namespace maha
