#pragma once

#include <string>

namespace maha {

/// The text, in UTF-8, cut to so many characters; control characters, line ends among them, become blanks.
std::string shown_text(const std::string& text, std::size_t most = 72);

/// The shown text as a gnuplot string: in single quotes gnuplot takes all characters for themselves, and the quote is
/// written twice.
std::string quoted(const std::string& text);

}  // namespace maha
