#pragma once

#include <string>
#include <vector>

#include "core/triplets.hpp"
#include "data/columns/columns.hpp"
#include "data/pairs/row_names.hpp"
#include "io/output.hpp"

namespace maha::data {

/// Reads a file of triplets, `anchor,near,far`, all rows of one table; further columns are ignored. With Header::guess
/// the first record is a header if it does not name any row. If rows are given by id, only a record with these names is
/// a header, and the user must decide all other cases. A header with these names tells where the columns are. Throws
/// InputError naming file, line and column: an unknown row or id, a row twice in a triplet, no triplets.
Triplets read_triplets(const std::string& path, const RowNames& rows, Header header, const CsvDialect& dialect = {});

/// Writes CSV `i,j,l,alpha`, with row[r] as the number of row r of a table.
void write_multipliers(io::Output& out, const std::vector<TripletMultiplier>& multipliers,
                       const std::vector<Index>& row);

}  // namespace maha::data
