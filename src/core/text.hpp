#pragma once
/// Texts of unknown origin (fields, labels, names, paths) as messages and reports show them: on one line, harmless to
/// a terminal, and no longer than a line should be.

#include <string>
#include <string_view>
#include <vector>

namespace maha {

/// The text with all that is no visible character spelled out: control characters as \n, \t, \x1b, bytes that are not
/// UTF-8 as \xe9, and what breaks lines or turns the direction of writing as \u2028. Printable text stays as it is.
std::string printable(std::string_view text);

/// Printable, and of a text with more than `most` characters the beginning, `...` and its size.
std::string shown(std::string_view text, std::size_t most = 60);

/// The first 60 characters in single quotes, as messages quote a value, and the size of a longer text.
std::string in_quotes(std::string_view text);

/// Names with commas between them, each shown; of more than two dozen the first ones, and how many there are.
std::string listing(const std::vector<std::string>& names);

}  // namespace maha
