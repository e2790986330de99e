#pragma once

#include <string>

namespace maha {

/// The text, cut to so many characters; control characters, line ends among them, become blanks.
std::string shown_text(const std::string& text, std::size_t most = 72);

/// Its characters, in UTF-8.
std::size_t character_count(const std::string& text);

/// The shown text as a gnuplot string: in single quotes gnuplot takes all characters for themselves, and the quote is
/// written twice.
std::string quoted(const std::string& text);

}  // namespace maha
