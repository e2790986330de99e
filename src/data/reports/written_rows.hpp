#pragma once

#include <functional>
#include <string>

#include "core/machine/parallel.hpp"
#include "data/rows/row_source.hpp"
#include "io/output.hpp"

namespace maha::data {

/// Throws InputError if values of the source's rows X are missing: they are NaN where the model has none to replace
/// them.
void require_values(const RowSource& source, const MatrixRef& X);

/// Writes n rows in order; `append` adds row i to a text, on several threads at a time.
void write_rows(io::Output& output, Index n, const Threads& threads,
                const std::function<void(std::string& text, Index i)>& append);

}  // namespace maha::data
