#pragma once
/// The only file that uses fast_float, separate from number.hpp so that few sources compile it.

#include <fast_float/fast_float.h>

#include <system_error>

namespace maha {

/// Reads the decimal number at the beginning of [p, end). Returns its end, or p if there is none. `error`, if not null,
/// also says whether it is too large or too small. Inline, since CSV parsing depends on its speed.
inline const char* scan_number(const char* p, const char* end, double& value, std::errc* error = nullptr) {
  const auto [stop, failure] = fast_float::from_chars(p, end, value);
  if (error) *error = failure;
  return stop;
}

/// The same for a number with another decimal mark.
inline const char* scan_number(const char* p, const char* end, double& value, char decimal) {
  const fast_float::parse_options options(fast_float::chars_format::general, decimal);
  return fast_float::from_chars_advanced(p, end, value, options).ptr;
}

}  // namespace maha
