#include "data/rows/row_source.hpp"

#include "core/error.hpp"
#include "data/csv/dialect.hpp"

namespace maha::data {

const RecordText& RowSource::record_text() const {
  throw InputError(
      name() + ": its rows are no lines of CSV, which could be handed on as they are: maha-convert makes such of it");
}

void RowSource::check_classes(const std::vector<std::string>& classes) const {
  check_labels(columns(), classes, FieldReader({}), name());
}

}  // namespace maha::data
