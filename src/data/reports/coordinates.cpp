#include "data/reports/coordinates.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "data/reports/written_rows.hpp"

namespace maha::data {

WrittenColumns coordinate_columns(const Columns& columns, const Model& model) {
  WrittenColumns written = written_columns(columns);
  if (written.id) written.id = columns.id_name();
  written.features.clear();
  written.dims = std::max<Index>(1, model.rank());
  for (Index r = 1; r <= written.dims; ++r) written.features.push_back("z" + std::to_string(r));
  return written;
}

Index write_coordinates(RowSource& source, const Model& model, RowWriter& writer, const Threads& threads) {
  const Index rank = std::max<Index>(1, model.rank());  // M = 0 has one point for all rows: z1 = 0
  Index passed_over = 0;
  for (RowBlock block; source.next(block);) {
    passed_over += block.rows_read - block.X.rows();
    require_values(source, block.X);
    Matrix Z = model.rank() > 0 ? model.transform(block.X, threads) : Matrix(Matrix::Zero(block.X.rows(), rank));
    for (Index i = 0; i < Z.rows(); ++i) {
      if (Z.row(i).allFinite()) continue;
      throw InputError(source.name() + ": row " + std::to_string(block.row[static_cast<std::size_t>(i)]) +
                       ": its coordinates are too large for numbers: they overflow");
    }
    block.X = std::move(Z);
    writer.write(block);
  }
  writer.finish();
  return passed_over;
}

}  // namespace maha::data
