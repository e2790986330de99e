#pragma once

#include <string_view>

namespace maha {

/// A blank within a line, or the carriage return before its end.
inline bool is_gap(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// The text without such around it.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_gap(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_gap(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace maha
