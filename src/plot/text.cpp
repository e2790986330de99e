#include "plot/text.hpp"

#include "data/characters.hpp"

namespace maha {
std::string shown_text(const std::string& text, std::size_t most) {
  std::string result;
  std::size_t characters = 0;
  for (const char c : text) {
    if (starts_character(c) && ++characters > most) return result + "…";
    result += static_cast<unsigned char>(c) < ' ' || c == '\x7f' ? ' ' : c;
  }
  return result;
}

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : shown_text(text)) result += c == '\'' ? "''" : std::string(1, c);
  return result + "'";
}

}  // namespace maha
