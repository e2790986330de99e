#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/error.hpp"
#include "data/columns.hpp"
#include "data/names.hpp"

namespace maha {
namespace {

using Names = std::vector<std::string>;

std::optional<long> as_integer(const std::string& text) {
  long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

bool named_like_a_label(std::string name) {
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name == "label" || name == "class" || name == "target" || name == "y";
}

/// The work of resolve_columns, a step a function.
class Resolver {
 public:
  Resolver(const ColumnRequest& request, const Names& first, const Names* second, const FieldReader& fields,
           const std::string& file)
      : request_(request), first_(first), second_(second), fields_(fields), file_(file) {
    columns_.count = first.size();
  }

  Columns resolve() {
    decide_header();
    if (columns_.header) take_names();
    drop_columns();
    if (request_.like && !(columns_.header && request_.like->header)) {
      take_positions(*request_.like);
      check_dims();
      return std::move(columns_);
    }
    if (request_.id) columns_.id = find(*request_.id, true);
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

  std::string listing() const {
    constexpr std::size_t kMost = 24;
    if (!columns_.header) return "there are " + std::to_string(columns_.count) + " columns and no header";
    if (columns_.count <= kMost) return "the columns are " + join(columns_.names);
    return "the columns are " + join({columns_.names.begin(), columns_.names.begin() + kMost}) + ", ... (" +
           std::to_string(columns_.count) + " in all)";
  }

  std::optional<std::size_t> find(const std::string& name, bool required) const {
    const auto count = std::count(columns_.names.begin(), columns_.names.end(), name);
    if (count > 1) fail("two columns are named '" + name + "'; " + listing());
    if (count == 1) {
      return static_cast<std::size_t>(std::find(columns_.names.begin(), columns_.names.end(), name) -
                                      columns_.names.begin());
    }
    const auto number = as_integer(name);
    const auto size = static_cast<long>(columns_.count);
    if (number && *number >= 1 && *number <= size) return static_cast<std::size_t>(*number - 1);
    if (number && *number <= -1 && *number >= -size) return static_cast<std::size_t>(size + *number);
    if (required) fail("no column '" + name + "'; " + listing());
    return std::nullopt;
  }

  /// A name with a comma in it comes in parts, unless it was quoted: they are put together where the first is no name.
  void drop_columns() {
    const Names& drop = request_.drop;
    for (std::size_t i = 0; i < drop.size(); ++i) {
      std::optional<std::size_t> column = find(drop[i], false);
      std::string name = drop[i];
      for (std::size_t j = i + 1; !column && j < drop.size(); ++j) {
        column = find_name(name += "," + drop[j]);
        if (column) i = j;
      }
      dropped_.insert(column ? *column : *find(drop[i], true));
    }
  }

  /// A header has no number and no missing token among its feature fields, a row of data nothing else.
  void decide_header() {
    columns_.header = request_.header == Header::yes;
    if (request_.header != Header::guess) return;
    if (request_.like) {
      const bool same_shape = columns_.count == request_.like->count;
      return decide_header_by(
          [&](std::size_t c) { return !same_shape || (request_.like->label != c && request_.like->id != c); });
    }
    const bool named = (request_.label && !as_integer(*request_.label)) || (request_.id && !as_integer(*request_.id)) ||
                       std::any_of(request_.drop.begin(), request_.drop.end(), [](auto& d) { return !as_integer(d); });
    if (named) {  // a column called by name: there must be names
      columns_.header = true;
      return;
    }
    std::set<std::size_t> others;
    const auto set_apart = [&](const std::string& number) {
      if (const auto column = find(number, false)) others.insert(*column);
    };
    for (const std::string& column : request_.drop) set_apart(column);
    if (request_.id) set_apart(*request_.id);
    if (request_.label) set_apart(*request_.label);
    if (!request_.label && !request_.unlabeled && columns_.count - others.size() > 1) {  // the last may be the label
      for (std::size_t c = columns_.count; c-- > 0;) {
        if (others.insert(c).second) break;
      }
    }
    decide_header_by([&](std::size_t c) { return !others.count(c); });
  }

  template <class IsFeature>
  void decide_header_by(const IsFeature& is_feature) {
    std::size_t numbers = 0, texts = 0;
    for (std::size_t c = 0; c < columns_.count; ++c) {
      if (is_feature(c)) ++(fields_.is_numeric(first_[c]) || fields_.is_missing(first_[c]) ? numbers : texts);
    }
    if (numbers > 0 && texts > 0) {
      throw UsageError(file_ + ": is the first line a header? It has both numbers and text: --header yes or no");
    }
    columns_.header = texts > 0;
  }

  void take_names() {
    columns_.names = first_;
    std::map<std::string, int> seen;
    for (std::size_t c = 0; c < columns_.count; ++c) {
      const bool dropped_by_index = std::any_of(request_.drop.begin(), request_.drop.end(), [&](const auto& d) {
        const auto number = as_integer(d);
        return number && (*number == static_cast<long>(c) + 1 ||
                          *number == static_cast<long>(c) - static_cast<long>(columns_.count));
      });
      if (!dropped_by_index && ++seen[first_[c]] == 2) fail("two columns are named '" + first_[c] + "'; " + listing());
    }
  }

  bool is_free(std::size_t c) const { return !dropped_.count(c) && columns_.id != c && columns_.label != c; }

  std::optional<std::size_t> last_free() const {
    for (std::size_t c = columns_.count; c-- > 0;) {
      if (is_free(c)) return c;
    }
    return std::nullopt;
  }

  void decide_label() {
    if (request_.unlabeled) return;
    if (request_.label) {
      columns_.label = find(*request_.label, request_.labels == LabelUse::required || !request_.like);
      columns_.label_is_sure = true;
    } else if (request_.model_label && columns_.header &&
               std::count(columns_.names.begin(), columns_.names.end(), *request_.model_label) == 1) {
      columns_.label = find(*request_.model_label, true);
      columns_.label_is_sure = true;
    } else if (const auto last = last_free(); last && takes_as_label(*last)) {
      columns_.label = last;
    }
    if (columns_.label && (dropped_.count(*columns_.label) || columns_.id == columns_.label)) {
      fail(columns_.describe(*columns_.label) + " cannot be the label and be dropped or be the id");
    }
  }

  std::size_t free_columns() const {
    std::size_t free = 0;
    for (std::size_t c = 0; c < columns_.count; ++c) free += is_free(c);
    return free;
  }

  /// Is the last column, which nobody named, the label?
  bool takes_as_label(std::size_t last) const {
    if (request_.labels == LabelUse::required) return true;
    const auto free = static_cast<Index>(free_columns());
    if (request_.dims && free == *request_.dims) return false;
    if (request_.dims && free == *request_.dims + 1) return true;
    const Names* row = columns_.header ? second_ : &first_;
    if (row && last < row->size() && !fields_.is_numeric((*row)[last]) && !fields_.is_missing((*row)[last]))
      return true;
    if (!columns_.header) return false;
    if (named_like_a_label(columns_.names[last])) return true;
    if (request_.dims) return false;  // the number of features will not do either way
    throw UsageError(file_ + ": is " + columns_.describe(last) + " the label? --label " + std::to_string(last + 1) +
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
      const auto count = std::count(columns_.names.begin(), columns_.names.end(), name);
      if (count == 0) fail("no column '" + name + "', a feature the distance needs; " + listing());
      const auto c = static_cast<std::size_t>(std::find(columns_.names.begin(), columns_.names.end(), name) -
                                              columns_.names.begin());
      if (dropped_.count(c)) fail(columns_.describe(c) + " is dropped, but the distance needs it");
      if (columns_.id == c) fail(columns_.describe(c) + " is a feature of the distance and cannot be the id");
      columns_.features.push_back(c);
      taken.insert(c);
    }
    decide_label_beside(taken);
    for (std::size_t c = 0; c < columns_.count; ++c) {
      if (is_free(c) && !taken.count(c)) columns_.ignored.push_back(columns_.names[c]);
    }
  }

  void decide_label_beside(const std::set<std::size_t>& taken) {
    if (request_.unlabeled) return;
    if (request_.label) {
      columns_.label = find(*request_.label, request_.labels == LabelUse::required);
    } else if (request_.model_label) {
      columns_.label = find_name(*request_.model_label);
    }
    columns_.label_is_sure = columns_.label.has_value();
    const auto last = last_free();
    if (!columns_.label && last && !taken.count(*last) &&
        (request_.labels == LabelUse::required || named_like_a_label(columns_.names[*last]))) {
      columns_.label = last;
    }
    if (columns_.label && taken.count(*columns_.label)) {
      fail(columns_.describe(*columns_.label) + " is a feature of the distance and cannot be the label");
    }
  }

  std::optional<std::size_t> find_name(const std::string& name) const {
    const auto found = std::find(columns_.names.begin(), columns_.names.end(), name);
    if (found == columns_.names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - columns_.names.begin());
  }

  /// The columns of a first file, by position, where the label may be left out.
  void take_positions(const Columns& other) {
    const bool without_label = other.label && columns_.count + 1 == other.count;
    if (columns_.count != other.count && !without_label) {
      fail("has " + std::to_string(columns_.count) + " columns, the first file " + std::to_string(other.count));
    }
    const auto place = [&](std::size_t c) { return without_label && c > *other.label ? c - 1 : c; };
    for (const std::size_t c : other.features) columns_.features.push_back(place(c));
    if (other.id) columns_.id = place(*other.id);
    if (request_.id && !other.id) columns_.id = find(*request_.id, true);
    if (other.label && !without_label) columns_.label = other.label;
    columns_.label_is_sure = other.label_is_sure;
  }

  void check_dims() const {
    if (request_.labels == LabelUse::required && !columns_.label) {
      fail("has no label column: name it with --label; " + listing());
    }
    if (columns_.features.empty() && request_.feature_use == FeatureUse::read) {
      const bool blanks = columns_.count == 1 && first_[0].find(' ') != std::string::npos;
      fail("no feature column is left; " + listing() + (blanks ? " (fields separated by blanks need -d ' ')" : ""));
    }
    if (request_.dims && columns_.dims() != *request_.dims) {
      fail("has " + std::to_string(columns_.dims()) + " features, the distance takes " +
           std::to_string(*request_.dims));
    }
  }

  const ColumnRequest& request_;
  const Names& first_;
  const Names* second_;
  const FieldReader& fields_;
  const std::string& file_;
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
