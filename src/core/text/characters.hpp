#pragma once

#include <string>
#include <string_view>

#include <algorithm>
#include <string>

namespace maha {

/// Of ASCII, whatever the locale.
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a byte begins a character of UTF-8, and does not continue one.
inline bool starts_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// The characters of a text, not its bytes.
inline std::size_t character_count(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_character));
}

/// The text with small letters of ASCII in place of capitals.
inline std::string lower_case(std::string_view text) {
  std::string small(text);
  for (char& c : small) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return small;
}

}  // namespace maha
