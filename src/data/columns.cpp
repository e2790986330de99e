#include "data/columns.hpp"

#include <cmath>

#include "core/error.hpp"
#include "data/names.hpp"

namespace maha {

std::vector<std::string> Columns::feature_names() const {
  std::vector<std::string> all;
  if (header) {
    for (const std::size_t c : features) all.push_back(names[c]);
  }
  return all;
}

std::string Columns::label_name() const { return header && label ? names[*label] : ""; }

std::string Columns::describe(std::size_t column) const {
  const std::string place = "column " + std::to_string(column + 1);
  return header ? place + " (" + names[column] + ")" : place;
}

ColumnRequest ColumnRequest::following(const Columns& first) const {
  ColumnRequest next = *this;
  next.features = first.feature_names();
  next.dims = first.dims();
  next.drop.clear();
  if (first.header) {  // by name from now on: the second file may have its columns in another order
    if (first.label && next.label) next.label = first.label_name();
    if (first.label && !next.label) next.model_label = first.label_name();
    if (first.id) next.id = first.names[*first.id];
  }
  next.like = first;
  return next;
}

void check_no_text(const Columns& columns, const std::vector<std::string>& row, const FieldReader& fields,
                   const std::string& file) {
  std::vector<std::string> described, to_drop;
  for (const std::size_t c : columns.features) {
    if (c >= row.size() || fields.is_number(row[c]) || fields.is_missing(row[c])) continue;
    described.push_back(columns.describe(c));
    const bool by_name = columns.header && columns.names[c].find_first_of(", '\"") == std::string::npos;
    to_drop.push_back(by_name ? columns.names[c] : std::to_string(c + 1));
  }
  if (described.empty()) return;
  throw InputError(file + ": text where numbers should be, in " + join(described) + ": --drop " + join(to_drop, ","));
}

void check_labels(const Columns& columns, const std::vector<std::string>& classes, const FieldReader& fields,
                  const std::string& file) {
  if (columns.label_is_sure) return;
  for (const std::string& label : classes) {
    double value = 0;
    const bool number = fields.number(label, value) && std::isfinite(value);
    if (!fields.has_other_mark(label) && (!number || value == std::floor(value))) continue;
    throw InputError(file + ": " + columns.describe(*columns.label) + " holds " + label +
                     ": is it a label? Then --label " + std::to_string(*columns.label + 1));
  }
}

}  // namespace maha
