#include "data/csv/dialect.hpp"

#include <algorithm>
#include <cmath>

#include "core/error.hpp"
#include "core/text/characters.hpp"
#include "core/text/number.hpp"
#include "core/text/scan_number.hpp"
#include "core/text/text.hpp"

namespace maha::data {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_line_end(char c) { return c == '\n' || c == '\r'; }

bool number_with(char decimal, std::string_view text, double& value) {
  if (decimal == '.') return parse_number(text, value);
  if (text.find('.') != std::string_view::npos) return false;
  std::string pointed(text);
  if (const std::size_t mark = pointed.find(decimal); mark != std::string::npos) pointed[mark] = '.';
  return parse_number(pointed, value);
}

}  // namespace

const char* why_no_delimiter(char c) {
  if (c == '"' || is_line_end(c) || c == '\0') return "has its own meaning in CSV";
  if (is_digit(c) || is_letter(c) || c == '.' || c == '+' || c == '-') return "may stand in a number";
  if (static_cast<unsigned char>(c) >= 0x80) return "is a part of a character";
  return nullptr;
}

const char* why_no_comment(const std::string& comment) {
  if (comment.empty()) return "begins every line";
  if (std::any_of(comment.begin(), comment.end(), is_line_end)) return "holds a line end";
  const char first = comment[0];
  if (first == '"' || first == ' ' || first == '\t') return "begins with a quote or a blank";
  if (is_digit(first) || first == '.' || first == ',' || first == '+' || first == '-') return "may begin a number";
  if (comment.size() == 1 && is_letter(first)) return "is a letter, which may begin a field";
  return nullptr;
}

void check(const CsvDialect& dialect) {
  const std::string delimiter = "the delimiter " + in_quotes(std::string(1, dialect.delimiter)) + " ";
  const std::string comment = "the mark of comments " + in_quotes(dialect.comment) + " ";
  const char* reason = dialect.delimiter == 0 ? nullptr : why_no_delimiter(dialect.delimiter);
  if (reason) throw UsageError(delimiter + reason);
  if (dialect.comment.empty()) return;
  reason = why_no_comment(dialect.comment);
  if (reason) throw UsageError(comment + reason);
  if (dialect.comment[0] == dialect.delimiter) throw UsageError(comment + "begins with the delimiter");
  for (const std::string& token : dialect.na) {
    if (!token.starts_with(dialect.comment)) continue;
    throw UsageError(comment + "begins " + in_quotes(token) + ", which stands for a missing value");
  }
}

FieldReader::FieldReader(const CsvDialect& dialect) : decimal_(dialect.decimal), na_(dialect.na) {
  for (const std::string& token : na_) {
    double value = 0;
    if (number_with(decimal_, token, value) && std::isfinite(value)) missing_numbers_.push_back(value);
  }
}

bool FieldReader::number(std::string_view text, double& value) const { return number_with(decimal_, text, value); }

const char* FieldReader::convert(const char* p, const char* end, double& value) const {
  return scan_number(p, end, value, decimal_);
}

bool FieldReader::is_missing(std::string_view text) const {
  if (text.empty() || std::find(na_.begin(), na_.end(), text) != na_.end()) return true;
  double value = 0;
  return has_missing_numbers() && number(text, value) && is_missing_number(value);
}

bool FieldReader::is_missing_number(double value) const {
  return std::find(missing_numbers_.begin(), missing_numbers_.end(), value) != missing_numbers_.end();
}

bool FieldReader::is_number(std::string_view text) const {
  double value = 0;
  return !is_missing(text) && number(text, value);
}

bool FieldReader::has_other_mark(std::string_view text) const {
  double value = 0;
  return !number(text, value) && number_with(decimal_ == '.' ? ',' : '.', text, value);
}

bool FieldReader::has_groups(std::string_view text) const {
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool parts = text[i] != decimal_ && std::string_view(",. '").find(text[i]) != std::string_view::npos;
    if (!parts) digits += text[i];
    if (parts && (i == 0 || std::min(text.find_first_not_of("0123456789", i + 1), text.size()) != i + 4)) return false;
  }
  double value = 0;
  return digits.size() < text.size() && !has_other_mark(text) && number(digits, value);
}

}  // namespace maha::data
