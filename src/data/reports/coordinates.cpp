#include "data/reports/coordinates.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "data/reports/written_rows.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {
namespace {

std::string header(const Columns& columns, Index rank) {
  std::vector<std::string> names;
  if (columns.id) names.push_back(columns.id_name());
  for (Index r = 1; r <= rank; ++r) names.push_back("z" + std::to_string(r));
  if (columns.label) names.push_back(columns.label_name().empty() ? "label" : columns.label_name());
  return io::csv_line(names);
}

std::string lines(const RowBlock& block, const Matrix& Z, Index begin, Index end) {
  std::string text;
  for (Index i = begin; i < end; ++i) {
    const auto row = static_cast<std::size_t>(i);
    if (!block.ids.empty()) {
      io::append_field(text, block.ids[row]);
      text += ',';
    }
    io::append_numbers(text, Z.row(i));
    if (!block.labels.empty()) {
      text += ',';
      io::append_field(text, block.labels[row]);
    }
    text += '\n';
  }
  return text;
}

}  // namespace

Index write_coordinates(RowSource& source, const Model& model, io::Output& output, const Threads& threads) {
  const Index rank = std::max<Index>(1, model.rank());  // M = 0 has one point for all rows: z1 = 0
  output.write(header(source.columns(), rank));
  Index passed_over = 0;
  for (RowBlock block; source.next(block);) {
    passed_over += block.rows_read - block.X.rows();
    require_values(source, block.X);
    const Matrix Z = model.rank() > 0 ? model.transform(block.X, threads) : Matrix(Matrix::Zero(block.X.rows(), rank));
    for (Index i = 0; i < Z.rows(); ++i) {
      if (Z.row(i).allFinite()) continue;
      throw InputError(source.name() + ": row " + std::to_string(block.row[static_cast<std::size_t>(i)]) +
                       ": its coordinates are too large for numbers: they overflow");
    }
    write_rows(output, Z.rows(), threads, [&](Index begin, Index end) { return lines(block, Z, begin, end); });
  }
  return passed_over;
}

}  // namespace maha::data
