#include "data/columns/columns.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/columns/column_hints.hpp"

namespace maha::data {

std::vector<std::string> Columns::feature_names() const {
  std::vector<std::string> all;
  if (header) {
    for (const std::size_t c : features) all.push_back(names[c]);
  }
  return all;
}

std::string Columns::label_name() const { return header && label ? names[*label] : ""; }

std::string Columns::id_name() const {
  const std::string name = header && id ? names[*id] : "";
  return name.empty() ? "id" : name;
}

std::string Columns::describe(std::size_t column) const {
  const std::string place = "column " + std::to_string(column + 1);
  return header && !names[column].empty() ? place + " (" + shown(names[column]) + ")" : place;
}

ColumnRequest ColumnRequest::following(const Columns& first) const {
  ColumnRequest next = *this;
  next.features = first.feature_names();
  next.dims = first.dims();
  next.drop.clear();
  if (first.header) {  // by name, as the second file may have its columns in another order
    const bool alike = std::count(first.names.begin(), first.names.end(), "") > 1;  // the nameless: by number
    const auto called = [&](std::size_t c) {
      return first.names[c].empty() && alike ? as_number(first, c) : first.names[c];
    };
    const bool by_number = first.label && called(*first.label) != first.label_name();
    if (first.label && (next.label || by_number)) next.label = called(*first.label);
    if (first.label && !next.label) next.model_label = first.label_name();
    if (first.id_is_guessed) next.id.reset();  // the second file may have none
    if (first.id && !first.id_is_guessed) next.id = called(*first.id);
  }
  next.like = first;
  return next;
}

void check_no_text(const Columns& columns, const std::vector<std::string>& row, const FieldReader& fields,
                   const std::string& file) {
  const auto is_text = [&](std::size_t c) {
    return c < row.size() && !fields.is_numeric(row[c]) && !fields.is_missing(row[c]);
  };
  std::vector<std::size_t> texts;
  std::vector<std::string> described;
  for (const std::size_t c : columns.features) {
    if (!is_text(c)) continue;
    texts.push_back(c);
    described.push_back(columns.describe(c));
  }
  if (texts.empty()) return;
  throw InputError(file + ": text where numbers should be, in " + listing(described) +
                   text_hint(columns, texts, columns.label && is_text(*columns.label)));
}

void check_labels(const Columns& columns, const std::vector<std::string>& classes, const FieldReader& fields,
                  const std::string& file) {
  if (columns.label_is_sure) return;
  for (const std::string& label : classes) {
    double value = 0;
    const bool number = fields.number(label, value) && std::isfinite(value);
    if (!fields.has_other_mark(label) && (!number || value == std::floor(value))) continue;
    const std::string hint = "--label " + as_number(columns, *columns.label);
    throw InputError(file + ": " + columns.describe(*columns.label) + " holds " + shown(label) + ": is it a label? " +
                     (columns.rival ? "Or is " + columns.describe(*columns.rival) + "? " +
                                          label_hint(columns, *columns.rival) + ", or " + hint
                                    : "Then " + hint));
  }
}

}  // namespace maha::data
