#pragma once

#include <string>

#include "core/quadruplets.hpp"
#include "data/columns/columns.hpp"
#include "data/pairs/row_names.hpp"
#include "io/output.hpp"

namespace maha::data {

/// Reads a file of quadruplets, `i,j,k,l`: the pair i,j is nearer than the pair k,l, all rows of one table, as
/// read_judgements() does. What one weighs, a number above 0, is the column `weight`, or without a header the fifth;
/// without it, 1. Further columns are ignored. Throws InputError naming file, line and column: an unknown row or id, a
/// pair of a row with itself, the same pair twice in a quadruplet, no weight, no quadruplets.
Quadruplets read_quadruplets(const std::string& path, const RowNames& rows, Header header,
                             const CsvDialect& dialect = {});

/// Writes the same, a line each under a header, without weights.
void write_quadruplets(io::Output& out, const Quadruplets& quadruplets, const RowNames& rows);

}  // namespace maha::data
