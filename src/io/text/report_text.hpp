#pragma once
/// Reports as people read them.

#include <string>

#include "core/report.hpp"

namespace maha::io {

/// A number to 6 digits, or as many as are asked for.
std::string short_number(double value, int digits = 6);

/// A number with this many decimals. It must not be huge.
std::string fixed_number(double value, int decimals);

/// A line `key: value` for each key, numbers to 6 digits, of a vector the first eight.
std::string format_lines(const Report& report);

/// The same as a table, the words of a key apart.
std::string report_text(const Report& report);

}  // namespace maha::io
