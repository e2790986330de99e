#pragma once

#include <string_view>

#include "data/csv/dialect.hpp"

namespace maha {

/// The delimiter of a file that begins so: the one of comma, semicolon and tab by which most of the first records have
/// as many fields as the first one has, fields being cut as they are when the file is read; of several, the one that
/// cuts the first record most often. Commas that only stand inside numbers (1,5;2,25) are decimal commas, and where
/// the dialect says that they are, no delimiter. `opening` ends with '\n'; its last record may be cut off.
char sniff_delimiter(std::string_view opening, const CsvDialect& dialect);

}  // namespace maha
