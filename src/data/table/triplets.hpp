#pragma once

#include <string>
#include <vector>

#include "core/triplets.hpp"
#include "data/columns/columns.hpp"
#include "data/io/output.hpp"
#include "data/table/row_names.hpp"

namespace maha {

/// Reads a file of triplets, `anchor,near,far`, all rows of one table; further columns are passed over. With
/// Header::guess its first record is a header if it names no row at all; where rows go by id only one that has these
/// names is, and anything else must be settled by the user. A header that has these names says where the columns are.
/// Throws InputError naming file, line and column: an unknown row or id, a row twice in a triplet, no triplet at all.
Triplets read_triplets(const std::string& path, const RowNames& rows, Header header, const CsvDialect& dialect = {});

/// Writes CSV `i,j,l,alpha`; of the rows of a table, row[r] is the number that stands for r.
void write_multipliers(Output& out, const std::vector<TripletMultiplier>& multipliers, const std::vector<Index>& row);

}  // namespace maha
