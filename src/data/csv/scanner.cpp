#include "data/csv/scanner.hpp"

#include <algorithm>
#include <cstring>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace maha::data {

const char* CsvScanner::after_comment(const char* p) const {
  for (const char c : comment_) {  // which holds no '\n'
    if (*p++ != c) return nullptr;
  }
  while (*p != '\n') ++p;
  return p + 1;
}

const char* CsvScanner::field_end(const char* p, const char* end) const {
  p = skip_blanks(p);
  if (*p == '"') {
    for (++p;; p += 2) {  // to the closing quote; a doubled one stands for itself
      p = static_cast<const char*>(std::memchr(p, '"', static_cast<std::size_t>(end - p)));
      if (!p) return nullptr;
      if (p + 1 == end || p[1] != '"') break;
      if (p + 2 == end) return nullptr;
    }
    ++p;
    if (p == end) return nullptr;
  }
  while (*p != delimiter_ && *p != '\n') ++p;
  return p;
}

bool CsvScanner::field_text(const char* p, const char* field_end, std::string& scratch, std::string_view& text) const {
  p = skip_blanks(p);
  const char* last = field_end;
  while (last > p && is_blank(last[-1])) --last;
  if (p >= last || *p != '"') {
    text = p < last ? std::string_view(p, static_cast<std::size_t>(last - p)) : std::string_view();
    return true;
  }
  if (last - p < 2 || last[-1] != '"') return false;
  scratch.clear();
  for (++p; p < last - 1; ++p) {
    if (*p == '"' && *++p != '"') return false;
    if (p < last - 1) scratch += *p;
  }
  text = scratch;
  return true;
}

const char* CsvScanner::record_end(const char* p, const char* end) const {
  if (const char* after = after_idle_line(p)) return after;
  for (p = skip_blanks(p); p < end;) {
    const char* stop = field_end(p, end);
    if (!stop) return nullptr;
    p = next_field(stop);
    if (!p) return static_cast<const char*>(std::memchr(stop, '\n', static_cast<std::size_t>(end - stop))) + 1;
  }
  return nullptr;
}

std::vector<std::string> CsvScanner::fields(const char*& p, const char* end, const std::string& where) const {
  std::vector<std::string> all;
  std::string scratch;
  std::string_view text;
  const char* after = record_end(p, end);
  for (const char* field = skip_blanks(p); field;) {
    const char* stop = field_end(field, end);
    if (!field_text(field, stop, scratch, text)) {
      throw InputError(where + ": column " + std::to_string(all.size() + 1) + ": text after a closing quote");
    }
    all.emplace_back(text);
    field = next_field(stop);
  }
  p = after;
  return all;
}

bool CsvScanner::has_lone_return(const char* p, const char* end) const {
  bool quoted = false, at_start = true;
  for (; p < end; ++p) {
    if (quoted) {
      quoted = *p != '"';
      at_start = !quoted;  // a second quote at once opens the field again
      continue;
    }
    if (*p == '\r') {
      const char* next = p + 1;
      while (next < end && (*next == ' ' || *next == '\t' || *next == '\r')) ++next;
      if (next < end && *next != '\n') return true;
    }
    quoted = *p == '"' && at_start;
    at_start = *p == delimiter_ || *p == '\n' || (at_start && is_blank(*p));
  }
  return false;
}

std::string comment_mark(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  line.remove_prefix(std::min(first, line.size()));
  for (const char* mark : {"#", "%", "//"}) {
    if (line.starts_with(mark)) return mark;
  }
  return "";
}

std::string misfit_hint(const CsvScanner& scanner, const char* p, const char* end) {
  const char* stop = p;
  for (const char* field = p; field;) field = scanner.next_field(stop = scanner.field_end(field, end));
  if (scanner.has_lone_return(p, stop)) return " (a carriage return alone ends no line: tr '\\r' '\\n')";
  const std::string mark = comment_mark({p, static_cast<std::size_t>(stop - p)});
  return mark.empty() ? "" : " (a comment? --comment " + in_quotes(mark) + ")";
}

std::string misfit(const CsvScanner& scanner, const char* p, const char* end, std::size_t wanted) {
  std::size_t found = 0;
  for (const char* field = p; field; ++found) field = scanner.next_field(scanner.field_end(field, end));
  return std::to_string(found) + (found == 1 ? " field where " : " fields where ") + std::to_string(wanted) +
         (wanted == 1 ? " column is expected" : " columns are expected") + misfit_hint(scanner, p, end);
}

}  // namespace maha::data
