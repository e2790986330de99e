#include "data/csv_scanner.hpp"

#include <algorithm>
#include <cstring>

#include "core/error.hpp"

namespace maha {

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

char sniff_delimiter(std::string_view text) {
  constexpr std::string_view kCandidates = ",;\t";
  std::size_t counts[kCandidates.size()] = {};
  bool quoted = false, blank = true;
  for (const char c : text) {
    if (c == '\n' && !quoted && !blank) break;
    if (c == '"') quoted = !quoted;
    if (c != ' ' && c != '\r' && c != '\n') blank = false;
    const std::size_t candidate = kCandidates.find(c);
    if (!quoted && candidate != std::string_view::npos) ++counts[candidate];
  }
  return kCandidates[static_cast<std::size_t>(std::max_element(std::begin(counts), std::end(counts)) - counts)];
}

}  // namespace maha
