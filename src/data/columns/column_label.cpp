/// Which column is the label.
#include <algorithm>
#include <cmath>

#include "core/text/number.hpp"
#include "data/columns/column_hints.hpp"
#include "data/columns/column_resolver.hpp"

namespace maha::data {

std::optional<std::size_t> Resolver::last_free() const {
  for (std::size_t c = columns_.count; c-- > 0;) {
    if (is_free(c)) return c;
  }
  return std::nullopt;
}

void Resolver::decide_label() {
  columns_.label_is_sure = request_.unlabeled || request_.label;
  if (request_.unlabeled) return;
  if (request_.label) {
    columns_.label = names_.find(*request_.label, request_.labels == LabelUse::required || !request_.like);
  } else if (const auto learned = label_of_model()) {
    columns_.label = learned;
    columns_.label_is_sure = true;
  } else if (request_.target && !request_.like) {
    columns_.label = last_free();
  } else if (const auto last = last_free()) {
    columns_.rival = rival_of(*last);
    columns_.label_is_text = is_text(*last);
    if (takes_as_label(*last)) {
      columns_.label = last;
    } else if (!asks() && !request_.dims && has_named_rival()) {
      columns_.label = columns_.rival;
    }
  }
  if (request_.target) columns_.label_is_sure = true;  // numbers that are no integers are no news there
  say_of_coordinate();
  check_label_is_free();
}

/// The column that the model recorded, unless the user leaves it out.
std::optional<std::size_t> Resolver::label_of_model() const {
  if (!request_.model_label || !columns_.header) return std::nullopt;
  const auto column = names_.find_name(*request_.model_label);
  return column && dropped_.count(*column) ? std::nullopt : column;
}

void Resolver::check_label_is_free() const {
  if (!columns_.label || (!dropped_.count(*columns_.label) && columns_.id != columns_.label)) return;
  fail(columns_.describe(*columns_.label) + " cannot be the " + columns_.label_word() + " and be dropped or be the id");
}

/// Of a column that may be a coordinate and that nobody called the label: y, with a number.
void Resolver::say_of_coordinate() {
  const bool required = request_.labels == LabelUse::required;
  if (required || columns_.label_is_sure || !columns_.label || request_.like || request_.dims) return;
  const std::size_t label = *columns_.label;
  if (!columns_.header || !may_be_a_coordinate(columns_.names[label]) || is_text(label)) return;
  columns_.notes.push_back(file_ + ": " + columns_.describe(label) +
                           " is taken for the label, by its name; --unlabeled if it is a feature");
}

/// The field of the first data row, empty if there is none.
std::string Resolver::value(std::size_t column) const {
  const Names* row = columns_.header ? second_ : &first_;
  return row && column < row->size() ? (*row)[column] : "";
}

bool Resolver::is_text(std::size_t column) const {
  return !fields_.is_missing(value(column)) && !fields_.is_numeric(value(column));
}

bool Resolver::is_named(std::size_t column) const {
  return columns_.header && named_like_a_label(columns_.names[column]);
}

/// A column other than `last` that is named like a label (but not y, which may be a coordinate), or the first with
/// text, or in a file without names the first column if it has integers.
std::optional<std::size_t> Resolver::rival_of(std::size_t last) const {
  std::optional<std::size_t> text, whole;
  for (std::size_t c = 0; c < columns_.count; ++c) {
    if (c == last || !is_free(c)) continue;
    if (is_named(c) && !may_be_a_coordinate(columns_.names[c])) return c;
    if (is_text(c) && !text) text = c;
    if (c == 0 && !columns_.header && whole_number(value(c))) whole = c;
  }
  return text ? text : whole;
}

/// Whether the user is to say what cannot be known of the label.
bool Resolver::asks() const { return request_.asks_for_label || request_.labels == LabelUse::required; }

/// Whether a column is kept out of the features if nobody is asked: of text, or named like a label and no fraction,
/// which would be a measurement.
bool Resolver::is_clear_label(std::size_t column) const {
  double number = 0;
  const bool is_fraction = fields_.number(value(column), number) && number != std::floor(number);
  return is_text(column) || (is_named(column) && !is_fraction);
}

bool Resolver::has_named_rival() const {
  return columns_.rival && is_named(*columns_.rival) && is_clear_label(*columns_.rival);
}

/// Asks about a column that is more likely the label than the last one, if there is one.
void Resolver::check_rival(std::size_t last) const {
  if (!columns_.rival || request_.like || is_named(last)) return;
  const std::size_t rival = *columns_.rival;
  const bool required = request_.labels == LabelUse::required;
  const bool by_text = is_text(rival) && !is_text(last) && !required && columns_.header;
  if (!is_named(rival) && !by_text) return;
  std::vector<std::size_t> texts;  // these cannot be features
  for (std::size_t c = 0; c < columns_.count; ++c) {
    if (c != rival && is_free(c) && is_text(c)) texts.push_back(c);
  }
  std::string hint = label_hint(columns_, rival);
  if (!texts.empty() && request_.feature_use == FeatureUse::read) hint += " " + drop_hint(columns_, texts);
  if (texts.empty() && rival == 0 && by_text && !is_named(rival))
    hint += ", or --id " + as_argument(columns_, rival) + " --unlabeled if it names the rows";
  if (texts.empty() && !is_text(rival)) {
    hint += ", or " + label_hint(columns_, last) + (required ? "" : ", or --unlabeled");
  }
  throw UsageError(file_ + ": is " + columns_.describe(rival) + " the label? " + hint);
}

std::size_t Resolver::free_columns() const {
  std::size_t free = 0;
  for (std::size_t c = 0; c < columns_.count; ++c) free += is_free(c);
  return free;
}

/// Whether the last column is the label, if no option says so.
bool Resolver::takes_as_label(std::size_t last) {
  const auto free = static_cast<Index>(free_columns());
  const bool required = request_.labels == LabelUse::required;
  if (!required && request_.dims && free == *request_.dims && !is_text(last)) return false;
  if (request_.dims && free == *request_.dims + 1) return true;
  if (!asks()) return is_clear_label(last) && (is_named(last) || !has_named_rival());
  check_rival(last);
  if (required) {
    if (request_.feature_use == FeatureUse::none && columns_.rival && is_text(*columns_.rival) && !is_text(last)) {
      columns_.warnings.push_back(file_ + ": " + columns_.describe(last) + " is taken for the label; or is it " +
                                  columns_.describe(*columns_.rival) + "? " + label_hint(columns_, *columns_.rival));
    }
    return true;
  }
  if (is_text(last)) return true;
  if (!columns_.header) return false;
  if (is_named(last)) return true;
  if (request_.dims) return false;  // the number of features will not match either way
  throw UsageError(file_ + ": is " + columns_.describe(last) + " the label? --label " + as_number(columns_, last) +
                   " or --unlabeled");
}

void Resolver::decide_label_beside(const std::set<std::size_t>& taken) {
  columns_.label_is_sure = request_.unlabeled;
  if (request_.unlabeled) return;
  if (request_.label) {
    columns_.label = names_.find(*request_.label, request_.labels == LabelUse::required || !request_.like);
  } else {
    columns_.label = label_of_model();
  }
  columns_.label_is_sure = columns_.label.has_value() || request_.target;
  if (!columns_.label) take_last_as_label(taken);
  check_label_is_free();
  if (columns_.label && taken.count(*columns_.label)) {
    fail(columns_.describe(*columns_.label) + " is a feature of the distance and cannot be the " +
         columns_.label_word());
  }
}

void Resolver::take_last_as_label(const std::set<std::size_t>& taken) {
  const auto last = last_free();
  if (!last || taken.count(*last)) return;
  const bool required = request_.labels == LabelUse::required;
  if (!required && !is_named(*last)) return;
  if (request_.target) {
    columns_.label = last;
    return;
  }
  columns_.rival = rival_of(*last);
  if (columns_.rival && taken.count(*columns_.rival)) columns_.rival.reset();
  if (required) check_rival(*last);
  columns_.label = last;
}

}  // namespace maha::data
