#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/types.hpp"

namespace maha::io {

/// Appends a field, quoted if RFC 4180 or our own trimming of blanks requires it.
void append_field(std::string& out, std::string_view text);

/// The fields joined by commas, with a line end.
std::string csv_line(const std::vector<std::string>& fields);

/// Appends numbers joined by commas, each in the shortest form that reads back to the same bits.
void append_numbers(std::string& out, const Eigen::Ref<const RowVector>& numbers);

}  // namespace maha::io
