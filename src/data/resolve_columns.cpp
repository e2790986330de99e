#include <algorithm>
#include <cmath>
#include <set>

#include "core/error.hpp"
#include "core/number.hpp"
#include "core/text.hpp"
#include "data/column_hints.hpp"
#include "data/column_names.hpp"
#include "data/columns.hpp"
#include "data/header_guess.hpp"

namespace maha {
namespace {

using Names = std::vector<std::string>;

/// The work of resolve_columns, a step a function.
class Resolver {
 public:
  Resolver(const ColumnRequest& request, const Names& first, const Names* second, const FieldReader& fields,
           const std::string& file)
      : request_(request), first_(first), second_(second), fields_(fields), file_(file), names_(first.size(), file) {
    columns_.count = first.size();
  }

  Columns resolve() {
    decide_header();
    columns_.is_open = !request_.like && request_.features.empty() && !request_.dims;
    if (columns_.header) take_names();
    drop_columns();
    if (request_.like && !(columns_.header && request_.like->header)) {
      take_positions(*request_.like);
      check_dims();
      return std::move(columns_);
    }
    if (request_.id) columns_.id = names_.find(*request_.id, true);
    take_index();
    if (columns_.header && !request_.features.empty()) {
      take_features_by_name();
    } else {
      decide_label();
      take_the_rest();
    }
    check_dims();
    return std::move(columns_);
  }

 private:
  [[noreturn]] void fail(const std::string& what) const { throw InputError(file_ + ": " + what); }

  /// A name with a comma in it comes in parts, unless it was quoted: they are put together where the first is no name.
  void drop_columns() {
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

  void decide_header() {
    columns_.header = request_.header == Header::yes;
    if (request_.header != Header::guess) return;
    const bool named =
        (request_.label && !whole_number(*request_.label)) || (request_.id && !whole_number(*request_.id)) ||
        std::any_of(request_.drop.begin(), request_.drop.end(), [](auto& d) { return !whole_number(d); });
    const std::vector<bool> features = request_.like ? features_like(*request_.like) : likely_features();
    columns_.header = (named && !request_.like) ||  // a column called by name: there must be names
                      guess_header({first_, second_, features, fields_}, file_, columns_.warnings);
  }

  std::vector<bool> features_like(const Columns& other) const {
    std::vector<bool> features(columns_.count, true);
    if (columns_.count != other.count) return features;
    for (std::size_t c = 0; c < columns_.count; ++c) features[c] = other.label != c && other.id != c;
    return features;
  }

  /// All columns but those that are named as something else, and the last of the rest, which may be the label.
  std::vector<bool> likely_features() const {
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

  void take_names() {
    columns_.names = first_;
    names_.name(first_, request_.drop);
  }

  /// A first column without a name, of text or whole numbers, is the index that pandas and R write: an id.
  void take_index() {
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

  bool is_free(std::size_t c) const { return !dropped_.count(c) && columns_.id != c && columns_.label != c; }

  std::optional<std::size_t> last_free() const {
    for (std::size_t c = columns_.count; c-- > 0;) {
      if (is_free(c)) return c;
    }
    return std::nullopt;
  }

  void decide_label() {
    columns_.label_is_sure = request_.unlabeled || request_.label;
    if (request_.unlabeled) return;
    if (request_.label) {
      columns_.label = names_.find(*request_.label, request_.labels == LabelUse::required || !request_.like);
    } else if (request_.model_label && columns_.header && names_.find_name(*request_.model_label)) {
      columns_.label = names_.find(*request_.model_label, true);
      columns_.label_is_sure = true;
    } else if (const auto last = last_free()) {
      columns_.rival = rival_of(*last);
      columns_.label_is_text = is_text(*last);
      if (takes_as_label(*last)) columns_.label = last;
    }
    if (columns_.label && (dropped_.count(*columns_.label) || columns_.id == columns_.label)) {
      fail(columns_.describe(*columns_.label) + " cannot be the label and be dropped or be the id");
    }
  }

  /// The field of the first data row, empty if there is none.
  std::string value(std::size_t column) const {
    const Names* row = columns_.header ? second_ : &first_;
    return row && column < row->size() ? (*row)[column] : "";
  }
  bool is_text(std::size_t column) const {
    return !fields_.is_missing(value(column)) && !fields_.is_numeric(value(column));
  }
  bool is_named(std::size_t column) const { return columns_.header && named_like_a_label(columns_.names[column]); }

  /// A column beside `last` that is called as labels are (a y may as well be half of a point), or the first of text, or
  /// without names the first of all if it holds whole numbers.
  std::optional<std::size_t> rival_of(std::size_t last) const {
    std::optional<std::size_t> text, whole;
    for (std::size_t c = 0; c < columns_.count; ++c) {
      if (c == last || !is_free(c)) continue;
      if (is_named(c) && columns_.names[c].size() > 1) return c;
      if (is_text(c) && !text) text = c;
      if (c == 0 && !columns_.header && whole_number(value(c))) whole = c;
    }
    return text ? text : whole;
  }

  /// Asks whether a column is the label that has more to say for it than the last one, if there is such a column.
  void check_rival(std::size_t last) const {
    if (!columns_.rival || request_.like || is_named(last)) return;
    const std::size_t rival = *columns_.rival;
    const bool required = request_.labels == LabelUse::required;
    const bool by_text = is_text(rival) && !is_text(last) && !required && columns_.header;
    if (!is_named(rival) && !by_text) return;
    std::vector<std::size_t> texts;  // which are no features in any case
    for (std::size_t c = 0; c < columns_.count; ++c) {
      if (c != rival && is_free(c) && is_text(c)) texts.push_back(c);
    }
    std::string hint = label_hint(columns_, rival);
    if (!texts.empty() && request_.feature_use == FeatureUse::read) hint += " " + drop_hint(columns_, texts);
    if (texts.empty() && !is_text(rival)) {
      hint += ", or " + label_hint(columns_, last) + (required ? "" : ", or --unlabeled");
    }
    throw UsageError(file_ + ": is " + columns_.describe(rival) + " the label? " + hint);
  }

  std::size_t free_columns() const {
    std::size_t free = 0;
    for (std::size_t c = 0; c < columns_.count; ++c) free += is_free(c);
    return free;
  }

  /// Is the last column, which nobody named, the label?
  bool takes_as_label(std::size_t last) {
    const auto free = static_cast<Index>(free_columns());
    const bool required = request_.labels == LabelUse::required;
    if (!required && request_.dims && free == *request_.dims && !is_text(last)) return false;
    if (request_.dims && free == *request_.dims + 1) return true;
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
    if (request_.dims) return false;  // the number of features will not do either way
    throw UsageError(file_ + ": is " + columns_.describe(last) + " the label? --label " + as_number(columns_, last) +
                     " or --unlabeled");
  }

  void take_the_rest() {
    for (std::size_t c = 0; c < columns_.count; ++c) {
      if (is_free(c)) columns_.features.push_back(c);
    }
  }

  void take_features_by_name() {
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
      if (is_free(c) && !taken.count(c)) columns_.ignored.push_back(columns_.names[c]);
    }
  }

  /// What the file falls short of: what the file has that asks for the features, if that is known.
  std::string wanted(const char* otherwise, Index count) const {
    const bool known = !request_.source.empty();
    return (known ? "and " + request_.source + " has " : otherwise) + std::to_string(count);
  }

  void decide_label_beside(const std::set<std::size_t>& taken) {
    columns_.label_is_sure = request_.unlabeled;
    if (request_.unlabeled) return;
    if (request_.label) {
      columns_.label = names_.find(*request_.label, request_.labels == LabelUse::required || !request_.like);
    } else if (request_.model_label) {
      columns_.label = names_.find_name(*request_.model_label);
    }
    columns_.label_is_sure = columns_.label.has_value();
    if (!columns_.label) take_last_as_label(taken);
    if (columns_.label && taken.count(*columns_.label)) {
      fail(columns_.describe(*columns_.label) + " is a feature of the distance and cannot be the label");
    }
  }

  void take_last_as_label(const std::set<std::size_t>& taken) {
    const auto last = last_free();
    if (!last || taken.count(*last)) return;
    const bool required = request_.labels == LabelUse::required;
    if (!required && !is_named(*last)) return;
    columns_.rival = rival_of(*last);
    if (columns_.rival && taken.count(*columns_.rival)) columns_.rival.reset();
    if (required) check_rival(*last);
    columns_.label = last;
  }

  /// The columns of a first file, by position, where the label may be left out.
  void take_positions(const Columns& other) {
    const bool without_label = other.label && columns_.count + 1 == other.count;
    if (columns_.count != other.count && !without_label) {
      fail("has " + std::to_string(columns_.count) + " columns, " +
           wanted("the first file ", static_cast<Index>(other.count)));
    }
    const auto place = [&](std::size_t c) { return without_label && c > *other.label ? c - 1 : c; };
    for (const std::size_t c : other.features) columns_.features.push_back(place(c));
    if (other.id) columns_.id = place(*other.id);
    if (request_.id && !other.id) columns_.id = names_.find(*request_.id, true);
    if (other.label && !without_label) columns_.label = other.label;
    columns_.label_is_sure = other.label_is_sure;
  }

  void check_dims() const {
    if (request_.labels == LabelUse::required && !columns_.label) {
      fail("has no label column: name it with --label; " + names_.listing());
    }
    if (columns_.features.empty() && request_.feature_use == FeatureUse::read) {
      const bool blanks = columns_.count == 1 && first_[0].find(' ') != std::string::npos;
      fail("no feature column is left; " + names_.listing() +
           (blanks ? " (fields separated by blanks need -d ' ')" : ""));
    }
    if (request_.dims && columns_.dims() != *request_.dims) {
      fail("has " + std::to_string(columns_.dims()) + " features, " + wanted("the distance takes ", *request_.dims));
    }
  }

  const ColumnRequest& request_;
  const Names& first_;
  const Names* second_;
  const FieldReader& fields_;
  const std::string& file_;
  ColumnNames names_;
  Columns columns_;
  std::set<std::size_t> dropped_;
};

}  // namespace

Columns resolve_columns(const ColumnRequest& request, const std::vector<std::string>& first,
                        const std::vector<std::string>* second, const FieldReader& fields, const std::string& file) {
  Columns columns = Resolver(request, first, second, fields, file).resolve();
  if (request.feature_use == FeatureUse::none) columns.features.clear();
  if (request.labels == LabelUse::unused) columns.label.reset();
  return columns;
}

}  // namespace maha
