#include "data/rows/row_source.hpp"

#include "data/columns/input_errors.hpp"
#include "data/csv/dialect.hpp"

namespace maha::data {

const RecordText& RowSource::record_text() const {
  throw NoRecords(name() + ": its rows are not CSV, and only lines of CSV can be copied to the output");
}

void RowSource::check_classes(const std::vector<std::string>& classes) const {
  check_labels(columns(), classes, FieldReader({}), name());
}

}  // namespace maha::data
