#pragma once
/// Checks that names that go into JSON are UTF-8: others are reported with their file before any work whose result
/// could not be written.

#include <string>
#include <string_view>

#include "data/table/table.hpp"

namespace maha::data {

bool is_utf8(std::string_view text);

/// Throws InputError naming the file and the column unless the names that a model records, of the features and of the
/// label, are UTF-8.
void require_utf8_names(const Columns& columns, const std::string& file);

/// The same for the names of all columns.
void require_utf8_header(const Columns& columns, const std::string& file);

/// Throws InputError naming the file, the column and the label unless all labels are UTF-8.
void require_utf8_labels(const Table& table);

}  // namespace maha::data
