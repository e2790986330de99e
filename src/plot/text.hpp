#pragma once

#include <string>

namespace maha {

/// The text cut to so many characters: UTF-8 that XML may hold, whatever came in. Control characters, line ends among
/// them, become blanks, bytes that are no UTF-8 a U+FFFD each.
std::string shown_text(const std::string& text, std::size_t most = 72);

/// The shown text as a gnuplot string, none of whose characters means anything to gnuplot.
std::string quoted(const std::string& text);

/// The same where gnuplot takes the string for a format of a number: at a tic.
std::string quoted_format(const std::string& text);

}  // namespace maha
