#pragma once
/// The only home of fast_float, apart from number.hpp so that few files compile it.

#include <fast_float/fast_float.h>

#include <system_error>

namespace maha {

/// Reads the decimal number that [p, end) begins with. Returns where it ends, p if there is none; `error`, if it is
/// asked for, says whether it is too large or too small as well. Inline, since CSV files are read by it.
inline const char* scan_number(const char* p, const char* end, double& value, std::errc* error = nullptr) {
  const auto [stop, failure] = fast_float::from_chars(p, end, value);
  if (error) *error = failure;
  return stop;
}

/// The same of a number with another decimal mark.
inline const char* scan_number(const char* p, const char* end, double& value, char decimal) {
  const fast_float::parse_options options(fast_float::chars_format::general, decimal);
  return fast_float::from_chars_advanced(p, end, value, options).ptr;
}

}  // namespace maha
