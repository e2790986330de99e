#pragma once
/// What of a picture cannot be shown as it is.

#include <string>
#include <vector>

#include "plot/picture.hpp"

namespace maha::plot {

/// The texts of a picture that are not UTF-8; shown_text() has the replacement for what is none.
std::vector<std::string> texts_not_utf8(const Picture& picture);

/// Puts a question mark in the place of each character of a picture's texts that is in none of these character sets, if
/// there are any: gnuplot draws such a one as a black box larger than the picture. Returns the characters, each once.
/// `sets`: as `fc-list --format '%{charset}\n'` writes them: "20-7e a0", in hexadecimal.
std::string replace_unknown(Picture& picture, const std::string& sets);

/// The character sets of the fonts on this machine, from fontconfig, which gnuplot takes its fonts from; "" without its
/// tools.
std::string font_character_sets();

/// What is not shown since an axis is logarithmic: "validation: 3 values of 0 or less ...", for each such axis.
std::vector<std::string> hidden_on_log_axes(const Picture& picture);

}  // namespace maha::plot
