#include "data/writing/row_writer.hpp"

#include <cmath>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"

namespace maha::data {

WrittenColumns written_columns(const Columns& columns) {
  WrittenColumns written;
  if (columns.id) written.id = columns.header ? columns.id_name() : "";
  written.features = columns.feature_names();
  written.dims = columns.dims();
  if (columns.label) written.label = columns.label_name();
  written.label_is_target = columns.label_is_target;
  return written;
}

std::unique_ptr<RowWriter> row_writer(WrittenFormat format, io::Output& out, const WrittenColumns& columns,
                                      const Element& element, const Threads& threads) {
  switch (format) {
    case WrittenFormat::csv:
      return csv_writer(out, columns, threads);
    case WrittenFormat::npy:
    case WrittenFormat::idx:
      return array_writer(format, out, columns, element);
    case WrittenFormat::libsvm:
      return libsvm_writer(out, columns, threads);
    case WrittenFormat::arff:
      return arff_writer(out, columns);
  }
  return nullptr;
}

double label_number(const std::string& label, const LabelRemedies& remedies) {
  constexpr double kMostExact = 9007199254740992;  // 2^53: beyond, two labels could come to one number
  double number = 0;
  if (parse_number(label, number) && std::isfinite(number)) {
    if (std::abs(number) <= kMostExact) return number;
    throw InputError("the label " + in_quotes(label) + " has more digits than a number keeps: " + remedies.of_text);
  }
  throw InputError("the label " + in_quotes(label) + " is text, and this format holds numbers: " + remedies.of_text);
}

}  // namespace maha::data
