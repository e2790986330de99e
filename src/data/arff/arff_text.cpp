#include "data/arff/arff_text.hpp"

#include <algorithm>
#include <utility>

#include "core/error.hpp"
#include "core/text/blanks.hpp"
#include "core/text/characters.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kAtOnce = 1 << 18;  // bytes
constexpr std::size_t kLongestLine = std::size_t{1} << 30;

/// What ARFF has otherwise than CSV.
bool is_special(char c) { return c == '\'' || c == '"' || c == '\\' || c == '?' || c == '{'; }

/// Whether the text begins with a field that is only a question mark.
bool is_missing(std::string_view text) {
  return text.starts_with('?') && (text.size() == 1 || is_gap(text[1]) || text[1] == ',');
}

/// Whether the text begins with a word, in upper or lower case, behind which there is no more of it.
bool begins_with(std::string_view text, std::string_view word) {
  if (lower_case(text.substr(0, word.size())) != word) return false;
  return text.size() == word.size() || is_gap(text[word.size()]);
}

}  // namespace

bool is_arff(std::string_view start) {
  if (start.starts_with("\xef\xbb\xbf")) start.remove_prefix(3);
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
    if (line_ == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
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
  if (line.empty() || line.starts_with('%') || begins_with(line, "@relation")) return true;
  if (!begins_with(line, "@attribute")) fail(in_quotes(line) + " is no line of a header of ARFF");
  take_attribute(trimmed(line.substr(10)));
  return true;
}

void ArffText::take_attribute(std::string_view rest) {
  Attribute attribute;
  attribute.name = take_word(rest, " \t{");
  rest = trimmed(rest);
  if (attribute.name.empty() || rest.empty()) fail("an @attribute without a name or a type");
  if (rest.starts_with('{')) {
    rest.remove_prefix(1);
    attribute.is_nominal = true;
    attribute.zero = take_word(rest = trimmed(rest), ",}");
  } else if (begins_with(rest, "relational")) {
    fail("the attribute " + in_quotes(attribute.name) + " holds relations, which is not read here");
  }
  attributes_.push_back(std::move(attribute));
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

void ArffText::take_row(std::string_view line) {
  const std::string_view text = trimmed(line);
  if (text.empty() || text.starts_with('%')) return void(out_ += '\n');
  if (text.starts_with('{')) return take_sparse_row(text);
  if (std::none_of(text.begin(), text.end(), is_special)) {  // nearly all rows: CSV as they are
    out_ += line;
    out_ += '\n';
    return;
  }
  std::string_view rest = text;
  for (bool first = true;; first = false) {
    rest = trimmed(rest);
    const bool missing = is_missing(rest);
    append(take_word(rest, ","), missing, first);
    if (rest.empty()) break;
    rest.remove_prefix(1);
  }
  out_ += '\n';
}

/// `{0 1.5, 3 b}`: what is left out is 0, or the first of its values.
void ArffText::take_sparse_row(std::string_view line) {
  if (!line.ends_with('}')) fail("a sparse row has no } at its end");
  std::string_view rest = trimmed(line.substr(1, line.size() - 2));
  std::vector<std::string> row;
  for (const Attribute& attribute : attributes_) row.push_back(attribute.zero);
  std::vector<bool> missing(row.size(), false);
  while (!rest.empty()) {
    const std::string number = take_word(rest, " \t,");
    const auto index = whole_number<std::size_t>(number);
    if (!index || *index >= row.size()) {
      fail(in_quotes(number) + " is no attribute: they count from 0 to " + std::to_string(row.size() - 1));
    }
    rest = trimmed(rest);
    missing[*index] = is_missing(rest);
    row[*index] = take_word(rest, ",");
    if (!rest.empty()) rest = trimmed(rest.substr(1));
  }
  for (std::size_t c = 0; c < row.size(); ++c) append(row[c], missing[c], c == 0);
  out_ += '\n';
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
