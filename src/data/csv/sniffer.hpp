#pragma once

#include <string_view>

#include "data/csv/dialect.hpp"

namespace maha::data {

/// The delimiter of a file with this beginning: comma, semicolon or tab. It is the one for which most of the first
/// records have as many fields as the very first, cut as when the file is read; if several qualify, the one that gives
/// most fields. Commas that only occur inside numbers (1,5;2,25) are decimal commas; if the dialect says so, commas are
/// no delimiter. `opening` ends with '\n'; its last record may be truncated.
char sniff_delimiter(std::string_view opening, const CsvDialect& dialect);

}  // namespace maha::data
