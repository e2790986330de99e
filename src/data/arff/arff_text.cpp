#include "data/arff/arff_text.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/blanks.hpp"
#include "core/text/byte_order_mark.hpp"
#include "core/text/characters.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kAtOnce = 1 << 18;  // bytes
constexpr std::size_t kLongestLine = std::size_t{1} << 30;

/// What ARFF has otherwise than CSV.
bool is_special(char c) { return c == '\'' || c == '"' || c == '\\' || c == '?' || c == '{' || c == '%'; }

/// Whether the text begins with a field that is only a question mark.
bool is_missing(std::string_view text) {
  return text.starts_with('?') && (text.size() == 1 || is_gap(text[1]) || text[1] == ',' || text[1] == '}');
}

/// A line up to the comment behind it. Within quotes or a word, as in 50%, the sign begins none.
std::string_view without_comment(std::string_view line) {
  char quote = '\0', before = ',';
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote) {
      if (c == '\\') ++i;
      if (c == quote) quote = '\0', before = ',';
      continue;
    }
    const bool begins = is_gap(before) || before == ',' || before == '{' || before == '}';
    if (begins && c == '%') return trimmed(line.substr(0, i));
    if (begins && (c == '\'' || c == '"')) quote = c;
    before = c;
  }
  return line;
}

/// Whether the text begins with a word, in upper or lower case, behind which there is no more of it.
bool begins_with(std::string_view text, std::string_view word) {
  if (lower_case(text.substr(0, word.size())) != word) return false;
  return text.size() == word.size() || is_gap(text[word.size()]);
}

}  // namespace

bool is_arff(std::string_view start) {
  start.remove_prefix(byte_order_mark(start));
  while (!start.empty()) {
    const std::size_t end = std::min(start.find('\n'), start.size());
    const std::string_view line = trimmed(start.substr(0, end));
    if (!line.empty() && !line.starts_with('%')) return begins_with(line, "@relation");
    start.remove_prefix(std::min(end + 1, start.size()));
  }
  return false;
}

ArffText::ArffText(std::unique_ptr<io::Input> input) : input_(std::move(input)) {
  std::string_view line;
  do {
    if (!next_line(line)) throw InputError(name() + ": is ARFF without @data");
    if (line_ == 1) line.remove_prefix(byte_order_mark(line));
  } while (take_header_line(trimmed(line)));
  if (attributes_.empty()) fail("@data without an @attribute before it");
  std::vector<std::string> names;
  for (const Attribute& attribute : attributes_) names.push_back(attribute.name);
  out_ += io::csv_line(names);
}

void ArffText::fail(const std::string& what) const {
  throw InputError(name() + ":" + std::to_string(line_) + ": " + what);
}

/// The next line without its end; the last one may have none.
bool ArffText::next_line(std::string_view& line) {
  std::size_t end = in_.find('\n', in_used_);
  while (end == std::string::npos && read_more()) end = in_.find('\n', in_used_);
  if (end == std::string::npos && in_used_ == in_.size()) return false;
  end = std::min(end, in_.size());
  line = std::string_view(in_).substr(in_used_, end - in_used_);
  in_used_ = std::min(end + 1, in_.size());
  ++line_;
  return true;
}

bool ArffText::read_more() {
  if (ended_) return false;
  in_.erase(0, in_used_);
  in_used_ = 0;
  if (in_.size() > kLongestLine) fail("is a line without an end");
  const std::size_t before = in_.size(), more = std::max(kAtOnce, before);
  in_.resize(before + more);
  in_.resize(before + input_->read(in_.data() + before, more));
  ended_ = in_.size() < before + more;
  return in_.size() > before;
}

/// Returns whether the header goes on.
bool ArffText::take_header_line(std::string_view line) {
  if (begins_with(line, "@data")) return false;
  out_ += '\n';
  line = without_comment(line);
  if (line.empty() || begins_with(line, "@relation")) return true;
  if (!begins_with(line, "@attribute")) fail(in_quotes(line) + " is no line of a header of ARFF");
  take_attribute(trimmed(line.substr(10)));
  return true;
}

void ArffText::take_attribute(std::string_view rest) {
  Attribute attribute;
  attribute.name = take_word(rest, " \t{");
  rest = trimmed(rest);
  if (attribute.name.empty() || rest.empty()) fail("an @attribute without a name or a type");
  attribute.is_nominal = rest.starts_with('{');
  rest = trimmed(attribute.is_nominal ? take_values(rest.substr(1), attribute) : take_type(rest, attribute));
  const std::string name = in_quotes(attribute.name);
  if (rest.starts_with('{')) fail("the attribute " + name + " has a weight, which is not read here");
  if (attribute.is_nominal && !rest.empty()) fail("text behind the } of the values of " + name);
  if (attribute.is_nominal) first_nominal_ = std::min(first_nominal_, attributes_.size());
  attributes_.push_back(std::move(attribute));
}

/// From behind the {. Returns what stands behind the }.
std::string_view ArffText::take_values(std::string_view rest, Attribute& attribute) const {
  for (bool first = true, closed = false; !closed; first = false) {
    const std::string value = take_word(rest = trimmed(rest), ",}");
    if (rest.empty()) fail("the { of the values of " + in_quotes(attribute.name) + " is not closed in this line");
    closed = rest.front() == '}';
    rest.remove_prefix(1);
    if (first) attribute.zero = value;
    if (value.empty()) continue;  // between commas, or { }
    if (!attribute.values.insert(value).second)
      fail("the attribute " + in_quotes(attribute.name) + " lists the value " + in_quotes(value) + " twice");
  }
  return rest;
}

/// Returns what stands behind it: the form of a date, or a range as KEEL writes them.
std::string_view ArffText::take_type(std::string_view rest, const Attribute& attribute) const {
  static constexpr std::string_view kTypes[] = {"numeric", "real", "integer", "string", "date"};
  const std::size_t end = std::min(rest.find_first_of(" \t[{%"), rest.size());
  const std::string type = lower_case(rest.substr(0, end));
  const std::string name = in_quotes(attribute.name);
  if (type == "relational") fail("the attribute " + name + " holds relations, which is not read here");
  if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
    fail("the attribute " + name + " is of the type " + in_quotes(rest.substr(0, end)) +
         ": numeric, real, integer, string, date and {values} are read");
  }
  return rest.substr(end);
}

/// A word, in quotes or up to one of `ends`, taken off.
std::string ArffText::take_word(std::string_view& rest, const char* ends) const {
  std::string word;
  const char quote = rest.starts_with('\'') || rest.starts_with('"') ? rest.front() : '\0';
  if (!quote) {
    const std::size_t end = std::min(rest.find_first_of(ends), rest.size());
    word = trimmed(rest.substr(0, end));
    rest.remove_prefix(end);
    return word;
  }
  std::size_t i = 1;
  for (; i < rest.size() && rest[i] != quote; ++i) {
    if (rest[i] == '\\' && i + 1 < rest.size()) {
      const char c = rest[++i];
      word += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    } else {
      word += rest[i];
    }
  }
  if (i == rest.size()) fail("a quote opened in this line is never closed");
  rest = trimmed(rest.substr(i + 1));
  if (!rest.empty() && std::string_view(ends).find(rest.front()) == std::string_view::npos &&
      std::string_view(ends).find(' ') == std::string_view::npos) {
    fail("text after a closing quote");
  }
  return word;
}

void ArffText::append(const std::string& field, bool missing, bool first) {
  if (!first) out_ += ',';
  if (!missing) io::append_field(out_, field);
  if (attributes_.size() == 1 && (missing || field.empty())) out_ += "\"\"";  // an empty line is no row
}

/// A row with too few fields or too many is told by who reads the CSV.
void ArffText::append(const Row& row) {
  const bool fits = row.values.size() == attributes_.size();
  for (std::size_t c = 0; c < row.values.size(); ++c) {
    if (fits && !row.missing[c] && !attributes_[c].allows(row.values[c])) fail_value(c, row.values[c]);
    append(row.values[c], row.missing[c], c == 0);
  }
  out_ += '\n';
}

/// An empty field is a missing value.
bool ArffText::Attribute::allows(std::string_view value) const {
  return !is_nominal || value.empty() || values.contains(value);
}

void ArffText::fail_value(std::size_t attribute, std::string_view value) const {
  const Attribute& its = attributes_[attribute];
  fail(in_quotes(value) + " is no value of the attribute " + in_quotes(its.name) + ", which has " +
       (its.values.empty() ? "none: its { } is empty" : listing({its.values.begin(), its.values.end()})));
}

/// The values of a row without quotes. From its end, as nominal attributes are mostly the last ones; only where one seems
/// wrong are the fields counted.
void ArffText::check_values(std::string_view line) const {
  std::string_view rest = line;
  for (std::size_t c = attributes_.size(); c-- > first_nominal_;) {
    const std::size_t comma = rest.rfind(',');
    if (!attributes_[c].allows(trimmed(rest.substr(comma + 1)))) return fail_first_wrong(line);
    if (comma == std::string_view::npos) return;  // too few
    rest = rest.substr(0, comma);
  }
}

void ArffText::fail_first_wrong(std::string_view line) const {
  if (std::count(line.begin(), line.end(), ',') + 1 != std::ssize(attributes_)) return;
  for (std::size_t c = 0; c < attributes_.size(); ++c) {
    const std::size_t end = std::min(line.find(','), line.size());
    const std::string_view value = trimmed(line.substr(0, end));
    if (!attributes_[c].allows(value)) fail_value(c, value);
    line.remove_prefix(std::min(end + 1, line.size()));
  }
}

void ArffText::fail_weight() const { fail("has a weight behind its values, which is not read here: leave it out"); }

void ArffText::take_row(std::string_view line) {
  std::string_view text = trimmed(line);
  const bool is_plain = std::none_of(text.begin(), text.end(), is_special);
  if (!is_plain) text = without_comment(text);
  if (text.empty()) return void(out_ += '\n');
  if (text.starts_with('{')) return take_sparse_row(text);
  if (is_plain) {  // nearly all rows: CSV as they are
    check_values(text);
    out_ += line;
    out_ += '\n';
    return;
  }
  std::string_view rest = text;
  for (Row row;; rest.remove_prefix(1)) {
    rest = trimmed(rest);
    if (rest.starts_with('{') && row.values.size() == attributes_.size()) fail_weight();
    row.missing.push_back(is_missing(rest));
    row.values.push_back(take_word(rest, ","));
    if (rest.empty()) return append(row);
  }
}

/// `{0 1.5, 3 b}`: what is left out is 0, or the first of its values.
void ArffText::take_sparse_row(std::string_view line) {
  Row row;
  for (const Attribute& attribute : attributes_) row.values.push_back(attribute.zero);
  row.missing.assign(row.values.size(), false);
  std::vector<bool> given(row.values.size(), false);
  std::string_view rest = trimmed(line.substr(1));
  while (!rest.starts_with('}')) {
    const std::string number = take_word(rest, " \t,}");
    const auto index = whole_number<std::size_t>(number);
    if (rest.empty()) fail("a sparse row has no } at its end");
    if (!index || *index >= given.size()) {
      fail(in_quotes(number) + " is no attribute: they count from 0 to " + std::to_string(given.size() - 1));
    }
    if (given[*index]) fail("the attribute " + number + " twice in a sparse row");
    given[*index] = true;
    rest = trimmed(rest);
    row.missing[*index] = is_missing(rest);
    row.values[*index] = take_word(rest, ",}");
    if (rest.empty()) fail("a sparse row has no } at its end");
    if (rest.front() == ',') rest = trimmed(rest.substr(1));
  }
  rest = trimmed(rest.substr(1));
  if (rest.starts_with(',') && trimmed(rest.substr(1)).starts_with('{')) fail_weight();
  if (!rest.empty()) fail("text behind the } of a sparse row");
  append(row);
}

std::size_t ArffText::read(char* buffer, std::size_t size) {
  std::string_view line;
  while (out_.size() - out_used_ < size && next_line(line)) {
    if (out_used_ > kAtOnce) out_.erase(0, std::exchange(out_used_, 0));
    take_row(line);
  }
  const std::size_t given = out_.copy(buffer, size, out_used_);
  out_used_ += given;
  return given;
}

}  // namespace maha::data
