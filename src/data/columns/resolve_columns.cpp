#include "data/columns/column_resolver.hpp"

#include <algorithm>
#include <cmath>

#include "core/text/counted.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/columns/column_hints.hpp"
#include "data/columns/header_guess.hpp"
#include "data/columns/input_errors.hpp"

namespace maha::data {

Columns Resolver::resolve() {
  decide_header();
  const bool by_name = columns_.header && !request_.features.empty();
  columns_.has_options = request_.has_options;
  columns_.label_is_target = request_.target;
  columns_.is_open = request_.has_options && !request_.like && request_.features.empty() && !request_.dims;
  columns_.by_count = request_.has_options && !request_.like && request_.dims && !by_name;
  if (columns_.header) take_names();
  drop_columns();
  if (request_.like && !(columns_.header && request_.like->header)) {
    take_positions(*request_.like);
    check_dims();
    return std::move(columns_);
  }
  if (request_.id) columns_.id = names_.find(*request_.id, true);
  take_index();
  if (by_name) {
    take_features_by_name();
  } else {
    decide_label();
    take_the_rest();
  }
  check_dims();
  return std::move(columns_);
}

/// An unquoted name with a comma arrives in parts: they are joined if the first part is not a name.
void Resolver::drop_columns() {
  const Names& drop = request_.drop;
  for (std::size_t i = 0; i < drop.size(); ++i) {
    std::optional<std::size_t> column = names_.find(drop[i], false);
    std::string name = drop[i];
    for (std::size_t j = i + 1; !column && j < drop.size(); ++j) {
      column = names_.find_name(name += "," + drop[j]);
      if (column) i = j;
    }
    dropped_.insert(column ? *column : *names_.find(drop[i], true));
  }
}

void Resolver::decide_header() {
  columns_.header = request_.header == Header::yes;
  if (request_.header != Header::guess) return;
  const bool named = (request_.label && !whole_number(*request_.label)) ||
                     (request_.id && !whole_number(*request_.id)) ||
                     std::any_of(request_.drop.begin(), request_.drop.end(), [](auto& d) { return !whole_number(d); });
  const std::vector<bool> features = request_.like ? features_like(*request_.like) : likely_features();
  columns_.header = (named && !request_.like) ||  // a column is given by name, so there must be names
                    guess_header({first_, second_, features, fields_, request_.has_options}, file_, columns_.warnings);
}

std::vector<bool> Resolver::features_like(const Columns& other) const {
  std::vector<bool> features(columns_.count, true);
  if (columns_.count != other.count) return features;
  for (std::size_t c = 0; c < columns_.count; ++c) features[c] = other.label != c && other.id != c;
  return features;
}

/// All columns except those that options name, and except the last of the rest, which may be the label.
std::vector<bool> Resolver::likely_features() const {
  std::vector<bool> features(columns_.count, true);
  const auto set_apart = [&](const std::string& number) {
    if (const auto column = names_.find(number, false)) features[*column] = false;
  };
  for (const std::string& column : request_.drop) set_apart(column);
  if (request_.id) set_apart(*request_.id);
  if (request_.label) set_apart(*request_.label);
  const auto last = std::find(features.rbegin(), features.rend(), true);
  const bool may_be_label = !request_.label && !request_.unlabeled && last != features.rend();
  if (may_be_label && std::count(features.begin(), features.end(), true) > 1) *last = false;
  return features;
}

void Resolver::take_names() {
  columns_.names = first_;
  const std::set<std::size_t> dropped = called_by_number(request_.drop);
  Names options = request_.drop;
  for (const auto& option : {request_.label, request_.id}) {
    if (option) options.push_back(*option);
  }
  const std::set<std::size_t> called = called_by_number(options);
  check_ends(called);
  check_nameless(called);
  names_.name(first_, dropped, called);
}

/// The columns that are given by number and need no name. A name that is a number takes precedence.
std::set<std::size_t> Resolver::called_by_number(const Names& columns) const {
  std::set<std::size_t> numbers;
  for (const std::string& column : columns) {
    const bool is_name = std::find(first_.begin(), first_.end(), column) != first_.end();
    const auto c = is_name ? std::nullopt : names_.find(column, false);
    if (c) numbers.insert(*c);
  }
  return numbers;
}

/// Whether columns without a name are used like all others, rather than ignored because features are found by name.
bool Resolver::takes_all() const {
  const Names& wanted = request_.features;
  return !request_.like && (wanted.empty() || std::count(wanted.begin(), wanted.end(), "") > 0);
}

/// A delimiter at the end of every line makes last columns without names and values.
void Resolver::check_ends(const std::set<std::size_t>& called) const {
  const auto is_empty = [&](std::size_t c) {
    return c < second_->size() && first_[c].empty() && (*second_)[c].empty();
  };
  const bool named = request_.model_label && std::count(first_.begin(), first_.end(), *request_.model_label) > 0;
  const bool wants_label = request_.labels == LabelUse::required && !request_.label && !named && !request_.like;
  if (!second_ || (!takes_all() && !wants_label)) return;
  std::vector<std::size_t> empty;
  for (std::size_t c = columns_.count; c-- > 1 && is_empty(c);) {
    if (!called.count(c)) empty.insert(empty.begin(), c);
  }
  if (empty.empty()) return;
  fail(numbered(empty) + (empty.size() > 1 ? " have" : " has") +
       " no name and no value: does a delimiter end every line?" +
       (request_.has_options ? " " + drop_hint(columns_, empty) : ""));
}

void Resolver::check_nameless(const std::set<std::size_t>& called) const {
  std::vector<std::size_t> nameless;
  for (std::size_t c = 0; c < columns_.count; ++c) {
    if (first_[c].empty() && !called.count(c)) nameless.push_back(c);
  }
  if (nameless.size() < 2 || !takes_all()) return;
  fail(numbered(nameless) + " have no name" + (request_.has_options ? ": " + nameless_hint(nameless) : ""));
}

/// One column may lack a name: the index, if there is one. The last one may be the label.
std::string Resolver::nameless_hint(std::vector<std::size_t> nameless) const {
  const std::size_t last = nameless.back();
  const bool may_be_label = !request_.label && !request_.unlabeled && last + 1 == columns_.count && is_text(last);
  nameless.erase(nameless.begin());
  if (!may_be_label) return drop_hint(columns_, nameless);
  nameless.pop_back();
  return label_hint(columns_, last) + (nameless.empty() ? "" : " " + drop_hint(columns_, nameless));
}

/// A first column without a name, of text or whole numbers, is the index that pandas and R write: an id.
void Resolver::take_index() {
  const bool nameless = columns_.header && columns_.count > 1 && columns_.names[0].empty();
  if (!nameless || !is_free(0) || request_.feature_use == FeatureUse::none || !second_) return;
  if (std::count(request_.features.begin(), request_.features.end(), "") > 0) return;
  if (request_.label && names_.find(*request_.label, false) == std::size_t{0}) return;
  const std::string& field = second_->front();
  double value = 0;
  if (field.empty() || (fields_.number(field, value) && value != std::floor(value))) return;
  columns_.id_is_guessed = !columns_.id;
  if (columns_.id) dropped_.insert(0);
  if (!columns_.id) columns_.id = 0;
  columns_.notes.push_back(file_ + ": column 1 has no name and is taken for " +
                           (columns_.id_is_guessed ? "the id of its rows, as with --id 1" : "an index: left out"));
}

void Resolver::take_the_rest() {
  for (std::size_t c = 0; c < columns_.count; ++c) {
    if (is_free(c)) columns_.features.push_back(c);
  }
}

void Resolver::take_features_by_name() {
  std::set<std::size_t> taken;
  for (const std::string& name : request_.features) {
    const auto c = names_.find_name(name);
    if (!c) {
      fail("no column " + in_quotes(name) + ", a feature " +
           (request_.source.empty() ? "the distance needs" : "of " + request_.source) + "; " + names_.listing());
    }
    if (dropped_.count(*c)) fail(columns_.describe(*c) + " is dropped, but the distance needs it");
    if (columns_.id == *c) fail(columns_.describe(*c) + " is a feature of the distance and cannot be the id");
    columns_.features.push_back(*c);
    taken.insert(*c);
  }
  decide_label_beside(taken);
  for (std::size_t c = 0; c < columns_.count; ++c) {
    if (is_free(c) && !taken.count(c)) {
      columns_.ignored.push_back(columns_.names[c].empty() ? columns_.describe(c) : columns_.names[c]);
    }
  }
}

/// What the file should have: the number of features of the file that needs them, if known.
std::string Resolver::wanted(const char* otherwise, Index count) const {
  const bool known = !request_.source.empty();
  return (known ? "and " + request_.source + " has " : otherwise) + std::to_string(count);
}

/// Takes the columns of a first file by position; the label may be absent.
void Resolver::take_positions(const Columns& other) {
  const bool without_label = other.label && columns_.count + 1 == other.count;
  if (columns_.count != other.count && !without_label) {
    fail("has " + counted(columns_.count, "column") + ", " +
         wanted("the first file ", static_cast<Index>(other.count)));
  }
  const auto place = [&](std::size_t c) { return without_label && c > *other.label ? c - 1 : c; };
  for (const std::size_t c : other.features) columns_.features.push_back(place(c));
  if (other.id) columns_.id = place(*other.id);
  if (request_.id && !other.id) columns_.id = names_.find(*request_.id, true);
  if (other.label && !without_label) columns_.label = other.label;
  columns_.label_is_sure = other.label_is_sure;
}

void Resolver::check_dims() const {
  if (request_.labels == LabelUse::required && !columns_.label) {
    const std::string word = columns_.label_word();
    throw NoLabel(file_ + ": has no " + word + " column: name it with --" + word + "; " + names_.listing());
  }
  if (columns_.features.empty() && request_.feature_use == FeatureUse::read) {
    fail("no feature column is left; " + names_.listing());
  }
  if (request_.dims && columns_.dims() != *request_.dims) {
    fail("has " + counted(columns_.dims(), "feature") + ", " + wanted("the distance takes ", *request_.dims));
  }
}

Columns resolve_columns(const ColumnRequest& request, const std::vector<std::string>& first,
                        const std::vector<std::string>* second, const FieldReader& fields, const std::string& file) {
  Columns columns = Resolver(request, first, second, fields, file).resolve();
  if (request.feature_use == FeatureUse::none) columns.features.clear();
  if (request.labels == LabelUse::unused) columns.label.reset();
  if (request.labels == LabelUse::told) columns.label_may_be_missing = columns.label_is_sure = true;
  return columns;
}

}  // namespace maha::data
