#pragma once

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "core/types.hpp"

namespace maha {

/// Reads all of `text` as a decimal number; a leading '+' is allowed. False if it is not one. May give inf or nan.
bool parse_number(std::string_view text, double& value);

/// Reads all of `text` as an integer: std::errc() if it is one, result_out_of_range if it is too large for the type,
/// invalid_argument if it is not one. On an error `value` is unchanged.
template <std::integral Integer>
std::errc parse_whole(std::string_view text, Integer& value) {
  Integer number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return error;
  if (end != text.data() + text.size()) return std::errc::invalid_argument;
  value = number;
  return std::errc();
}

/// All of `text` as an integer, or nothing if it is not one.
template <std::integral Integer = Index>
std::optional<Integer> whole_number(std::string_view text) {
  Integer value = 0;
  return parse_whole(text, value) == std::errc() ? std::optional(value) : std::nullopt;
}

/// Appends the shortest decimal that reads back as the same number, bit for bit.
void append_number(std::string& out, double value);
std::string format_number(double value);

}  // namespace maha
