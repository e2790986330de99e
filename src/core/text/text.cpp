#include "core/text/text.hpp"

#include <algorithm>
#include <cstdint>

namespace maha {
namespace {

constexpr std::size_t kQuoted = 60;  // characters of a value: a message stays within a line or two

/// A character of UTF-8 and the bytes it takes; no bytes if there is none.
struct Character {
  char32_t code = 0;
  std::size_t size = 0;
};

/// The first character of a nonempty text. Overlong forms, surrogates and truncated characters are not accepted.
Character first_character(std::string_view text) {
  constexpr char32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};  // of a character of so many bytes
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t size = lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;
  if (size == 0 || size > text.size()) return {};
  char32_t code = lead & (0xFFu >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = (code << 6) | (byte(i) & 0x3F);
  }
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return code < kLeast[size] || code > 0x10FFFF || surrogate ? Character{} : Character{code, size};
}

/// Control characters (C0, DEL, C1), line and paragraph separators, marks that change the writing direction.
bool is_hidden(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0x061C || c == 0xFEFF;
}

std::string hexadecimal(std::uint32_t value, int digits) {
  std::string text;
  while (digits-- > 0) text += "0123456789abcdef"[(value >> (4 * digits)) & 0xF];
  return text;
}

std::string escape(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\t') return "\\t";
  if (code == '\r') return "\\r";
  return code < 0x80 ? "\\x" + hexadecimal(code, 2) : "\\u" + hexadecimal(code, 4);
}

std::string escape_byte(char byte) { return "\\x" + hexadecimal(static_cast<unsigned char>(byte), 2); }

/// Where the first `most` characters of a text end.
std::size_t end_of_characters(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most; ++count) {
    at += std::max<std::size_t>(first_character(text.substr(at)).size, 1);
  }
  return at;
}

std::string size_of(std::string_view text) { return " (" + std::to_string(text.size()) + " bytes)"; }

}  // namespace

std::string printable(std::string_view text) {
  std::string all;
  all.reserve(text.size());
  while (!text.empty()) {
    const Character c = first_character(text);
    if (c.size == 0) {
      all += escape_byte(text[0]);
    } else if (is_hidden(c.code)) {
      all += escape(c.code);
    } else {
      all += text.substr(0, c.size);
    }
    text.remove_prefix(std::max<std::size_t>(c.size, 1));
  }
  return all;
}

std::string shown(std::string_view text, std::size_t most) {
  const std::size_t end = end_of_characters(text, most);
  return end == text.size() ? printable(text) : printable(text.substr(0, end)) + "..." + size_of(text);
}

std::string in_quotes(std::string_view text) {
  const std::size_t end = end_of_characters(text, kQuoted);
  return "'" + printable(text.substr(0, end)) + (end == text.size() ? "'" : "...'" + size_of(text));
}

std::string listing(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 24;
  std::string all;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) all += (i > 0 ? ", " : "") + shown(names[i], 40);
  return names.size() <= kMost ? all : all + ", ... (" + std::to_string(names.size()) + " in all)";
}

}  // namespace maha
