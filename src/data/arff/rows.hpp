#pragma once

#include <memory>

#include "core/machine/parallel.hpp"
#include "data/arff/arff_text.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_source.hpp"

namespace maha::data {

/// Rows of an ARFF file, by the rules of CSV with a header; a last attribute that lists its values is the label, unless
/// options or names say otherwise. Records that are handed on are CSV.
std::unique_ptr<RowSource> open_arff(std::unique_ptr<io::Input> input, const ColumnRequest& request,
                                     const ReadOptions& options, const Threads& threads);

}  // namespace maha::data
