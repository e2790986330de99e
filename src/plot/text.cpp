#include "plot/text.hpp"

#include <cstring>

namespace maha::plot {
namespace {

unsigned byte_at(const std::string& text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

struct Character {
  std::size_t bytes = 1;
  char32_t code = 0xFFFD;  // the replacement for bytes that are not UTF-8
};

/// The character that begins at a byte. Overlong forms, surrogates and characters that XML does not allow are replaced.
Character character_at(const std::string& text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x80) return {1, first};
  const std::size_t bytes = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  if (bytes == 0) return {};
  char32_t code = first & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const unsigned next = byte_at(text, at + i);
    if ((next & 0xC0) != 0x80) return {};
    code = code << 6 | (next & 0x3F);
  }
  const bool overlong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
  if (overlong || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) return {};
  if (code == 0xFFFE || code == 0xFFFF) return {bytes, 0xFFFD};
  return {bytes, code};
}

/// In double quotes, with characters in octal that have a meaning to gnuplot there, or before it looks for quotes.
std::string literal(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || (byte >= ' ' && byte < 0x7F && !std::strchr("\"'`\\$@#", c));
    if (plain) {
      result += c;
    } else {
      result += {'\\', static_cast<char>('0' + byte / 64), static_cast<char>('0' + byte / 8 % 8),
                 static_cast<char>('0' + byte % 8)};
    }
  }
  return result + "\"";
}

}  // namespace

std::string shown_text(const std::string& text, std::size_t most) {
  std::string result;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (++characters > most) return result + "…";
    const auto [bytes, code] = character_at(text, at);
    if (code < ' ' || (code >= 0x7F && code < 0xA0)) {
      result += ' ';
    } else if (code == 0xFFFD) {
      result += "\uFFFD";
    } else {
      result.append(text, at, bytes);
    }
    at += bytes;
  }
  return result;
}

std::string quoted(const std::string& text) { return literal(shown_text(text)); }

std::string quoted_format(const std::string& text) {
  std::string format;
  for (const char c : shown_text(text)) format += c == '%' ? "%%" : std::string(1, c);
  return literal(format);
}

}  // namespace maha::plot
