#pragma once
/// Reports as people read them.

#include <string>

#include "core/report.hpp"

namespace maha {

/// A number to 6 digits.
std::string short_number(double value);

/// A line `key: value` for each key, numbers to 6 digits, of a vector the first eight.
std::string format_lines(const Report& report);

/// The same as a table, the words of a key apart.
std::string report_text(const Report& report);

}  // namespace maha
