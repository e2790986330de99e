#pragma once

#include <string>
#include <vector>

namespace maha::plot {

inline constexpr std::size_t kMostShown = 72;  ///< characters of a text

/// A character as it is in a text; of bytes that are not UTF-8 each is one, with the code U+FFFD.
struct TextCharacter {
  std::string bytes;
  char32_t code;
};
std::vector<TextCharacter> coded_characters(const std::string& text);

/// The text, cut to so many characters, as UTF-8 that XML allows, whatever the input. Control characters, including
/// line ends, become blanks; bytes that are not UTF-8 become U+FFFD.
std::string shown_text(const std::string& text, std::size_t most = kMostShown);

/// A name and figures as a text that shown_text() does not cut: of a name too long its middle is left out.
std::string with_figures(const std::string& name, const std::string& figures);

/// About how wide the shown text is in a sans-serif font of this size, rather more than less: that of DejaVu Sans,
/// which is wider than most.
double text_width(const std::string& text, double size);

/// The widest of some texts.
double widest(const std::vector<std::string>& texts, double size);

/// The shown text in lines no wider than that, or of a single character: broken behind blanks and commas, within words
/// where there is no other way, into lines about as long as each other. No line for no text.
std::vector<std::string> wrapped(const std::string& text, double width, double size);

/// The shown text, if it is wider than that without its middle: "experi…ent 7".
std::string shortened(const std::string& text, double width, double size);

/// The same of several, which stay different if there is room to: "lmnn…t=0.1,m…" and "lmnn…t=0.9,m…".
std::vector<std::string> shortened(const std::vector<std::string>& texts, double width, double size);

/// The shown text as a gnuplot string in which no character has a special meaning.
std::string quoted(const std::string& text);

/// The same for a tic, where gnuplot reads the string as a number format.
std::string quoted_format(const std::string& text);

}  // namespace maha::plot
