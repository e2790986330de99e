#pragma once

#include "core/machine/parallel.hpp"
#include "data/model/model.hpp"
#include "data/rows/row_source.hpp"
#include "data/writing/row_writer.hpp"

namespace maha::data {

/// The columns of rows in the coordinates of a model: `[id,]z1,...,zr[,label]`, the id and label columns under their own
/// names ("id" and "label" if they have none).
WrittenColumns coordinate_columns(const Columns& columns, const Model& model);

/// Writes a file's rows in the coordinates of a model, where its distance is the Euclidean one, a block of rows at a
/// time, with a writer of these columns; M = 0 has z1 = 0. Returns how many rows were passed over for missing values.
/// Throws InputError if a field is missing that has no fill.
Index write_coordinates(RowSource& source, const Model& model, RowWriter& writer, const Threads& threads = Threads());

}  // namespace maha::data
