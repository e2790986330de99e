#pragma once

#include "cli/options.hpp"
#include "data/csv/dialect.hpp"

namespace maha::cli {

/// Declares -d,--delimiter, --decimal and --comment.
void dialect_options(Options& options, data::CsvDialect& dialect);

}  // namespace maha::cli
