#pragma once

#include <memory>
#include <string>

#include "core/machine/parallel.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_source.hpp"

namespace maha::data {

/// Opens a file of one column, of labels or of targets, in any format. In CSV its first line is a header if it is a
/// usual name of labels, or no number above a number, and a blank line between others is a row without a label, as an
/// empty field is in a column. `missing`: what rows without a label get. Throws InputError naming the file if it has more
/// columns.
std::unique_ptr<RowSource> open_labels(const std::string& path, bool target, MissingField missing,
                                       const CsvDialect& dialect, const Threads& threads);

}  // namespace maha::data
