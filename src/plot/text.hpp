#pragma once

#include <string>

namespace maha::plot {

/// The text, cut to so many characters, as UTF-8 that XML allows, whatever the input. Control characters, including
/// line ends, become blanks; bytes that are not UTF-8 become U+FFFD.
std::string shown_text(const std::string& text, std::size_t most = 72);

/// The shown text as a gnuplot string in which no character has a special meaning.
std::string quoted(const std::string& text);

/// The same for a tic, where gnuplot reads the string as a number format.
std::string quoted_format(const std::string& text);

}  // namespace maha::plot
