#include "core/text/number.hpp"

#include <charconv>

#include "core/text/scan_number.hpp"

namespace maha {

bool parse_number(std::string_view text, double& value) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  const char* const end = text.data() + text.size();
  std::errc error{};
  return scan_number(text.data(), end, value, &error) == end && error == std::errc();
}

void append_number(std::string& out, double value) {
  char digits[32];
  const auto result = std::to_chars(digits, digits + sizeof digits, value);
  out.append(digits, result.ptr);
}

std::string format_number(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

}  // namespace maha
