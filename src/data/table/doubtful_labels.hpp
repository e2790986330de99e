#pragma once

#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/csv/dialect.hpp"

namespace maha::data {

/// For each class whose name is a text that stands for a missing value: a warning with its rows, since a class may be
/// called None, and a label may not be known. `rows_of`: each class's rows.
std::vector<std::string> doubtful_labels(const std::vector<std::string>& classes, const std::vector<Index>& rows_of,
                                         const CsvDialect& dialect, const std::string& file);

}  // namespace maha::data
