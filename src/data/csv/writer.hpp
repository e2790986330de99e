#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Appends a field, in quotes where RFC 4180 or our own trimming wants them.
void append_field(std::string& out, std::string_view text);

/// Fields joined by commas, with the line's end.
std::string csv_line(const std::vector<std::string>& fields);

/// Appends numbers joined by commas, each in the shortest form that reads back to the same bits.
void append_numbers(std::string& out, const Eigen::Ref<const RowVector>& numbers);

}  // namespace maha
