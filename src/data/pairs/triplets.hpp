#pragma once

#include <string>
#include <vector>

#include "core/triplets.hpp"
#include "data/columns/columns.hpp"
#include "data/pairs/row_names.hpp"
#include "io/output.hpp"

namespace maha::data {

/// Reads a file of triplets, `anchor,near,far`, all rows of one table, as read_judgements() does; further columns are
/// ignored. Throws InputError naming file, line and column: an unknown row or id, a row twice in a triplet, no
/// triplets.
Triplets read_triplets(const std::string& path, const RowNames& rows, Header header, const CsvDialect& dialect = {});

/// Writes the same, a line each under a header.
void write_triplets(io::Output& out, const Triplets& triplets, const RowNames& rows);

/// Writes CSV `i,j,l,alpha`, with row[r] as the number of row r of a table.
void write_multipliers(io::Output& out, const std::vector<TripletMultiplier>& multipliers,
                       const std::vector<Index>& row);

}  // namespace maha::data
