#include "data/reports/center_distances.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "data/pairs/row_names.hpp"
#include "data/reports/written_rows.hpp"
#include "io/text/csv_writer.hpp"
#include "linalg/wide_square.hpp"

namespace maha::data {
namespace {

std::string header(const Columns& columns) {
  if (!columns.id) return "row,distance,p_value\n";
  return io::csv_line({columns.id_name(), "distance", "p_value"});
}

/// A distance, or its square, as it is written. Throws InputError naming the row if that is no number.
double checked(double distance, double squared, bool as_square, const std::string& file, Index row) {
  try {
    if (!std::isfinite(distance)) throw InputError("its distance is too large for a number");
    if (as_square && !linalg::is_safe_square(squared)) linalg::checked_square(distance);
  } catch (const InputError& e) {
    throw InputError(file + ": row " + std::to_string(row) + ": " + e.what());
  }
  return as_square ? squared : distance;
}

std::string lines(const RowBlock& block, const std::string& file, const Matrix& Z, const Vector& squared,
                  const CenterDistances& options, Index begin, Index end) {
  const std::vector<double> center(static_cast<std::size_t>(Z.cols()), 0);
  std::string text;
  for (Index i = begin; i < end; ++i) {
    const auto row = static_cast<std::size_t>(i);
    append_row_name(text, i, block.row, block.ids);
    text += ',';
    const double distance = linalg::length_of(squared[i], Z.row(i).data(), center.data(), Z.cols());
    append_number(text, checked(distance, squared[i], options.squared, file, block.row[row]));
    text += ',';
    append_number(text, options.p_value(squared[i]));
    text += '\n';
  }
  return text;
}

}  // namespace

Index write_center_distances(RowSource& source, const Model& model, const CenterDistances& options, io::Output& output,
                             const Threads& threads) {
  if (!model.center)
    throw InputError((model.source.empty() ? "" : model.source + ": ") +
                     "the model has no center to measure from; those of maha-cov have one");
  output.write(header(source.columns()));
  Index passed_over = 0;
  for (RowBlock block; source.next(block);) {
    passed_over += block.rows_read - block.X.rows();
    require_values(source, block);
    const Matrix Z = model.transform(block.X, threads);
    const Vector squared = Z.rowwise().squaredNorm();
    write_rows(output, squared.size(), threads,
               [&](Index begin, Index end) { return lines(block, source.name(), Z, squared, options, begin, end); });
  }
  return passed_over;
}

}  // namespace maha::data
