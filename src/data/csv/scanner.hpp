#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maha {

/// How the bytes of a CSV file (RFC 4180) fall into records and fields. Blanks around unquoted fields are trimmed, CRLF
/// ends a line as LF does. A space as delimiter takes any run of blanks as one. Lines that begin with the mark of
/// comments, where there is one, are none. All text scanned ends with '\n'.
class CsvScanner {
 public:
  explicit CsvScanner(char delimiter, std::string comment = "") : delimiter_(delimiter), comment_(std::move(comment)) {}

  char delimiter() const { return delimiter_; }
  bool is_blank(char c) const { return (c == ' ' || c == '\t' || c == '\r') && (c != delimiter_ || c == ' '); }

  const char* skip_blanks(const char* p) const {
    while (static_cast<unsigned char>(*p) <= ' ' && is_blank(*p)) ++p;  // one comparison for nearly all fields
    return p;
  }

  /// Where a record may start: one past the '\n' of the line there if it is blank or a comment; nullptr otherwise.
  const char* after_idle_line(const char* p) const {
    p = skip_blanks(p);
    return *p == '\n' ? p + 1 : comment_.empty() ? nullptr : after_comment(p);
  }

  /// The end of the field that starts at p: its separator or the '\n' behind it. nullptr if a quoted field is not
  /// closed before `end`.
  const char* field_end(const char* p, const char* end) const;

  /// What the field [p, field_end) says: trimmed, or unquoted into `scratch`. False if text follows a closing quote.
  bool field_text(const char* p, const char* field_end, std::string& scratch, std::string_view& text) const;

  /// From the end of a field to the start of the next; nullptr if the field was its record's last.
  const char* next_field(const char* field_end) const {
    if (*field_end == '\n') return nullptr;
    if (delimiter_ != ' ') return field_end + 1;
    const char* p = skip_blanks(field_end);
    return *p == '\n' ? nullptr : p;
  }

  /// One past the '\n' that ends the record, or idle line, at p; nullptr if the record does not end before `end`.
  const char* record_end(const char* p, const char* end) const;

  /// The fields of the record at p, unquoted and trimmed, and p moved behind it. Throws InputError on text after a
  /// closing quote, saying `where`.
  std::vector<std::string> fields(const char*& p, const char* end, const std::string& where) const;

  /// Whether a carriage return ends a line within [p, end), outside quotes, as they did on old Macs.
  bool has_lone_return(const char* p, const char* end) const;

 private:
  const char* after_comment(const char* p) const;

  char delimiter_;
  std::string comment_;
};

/// Why the record at `p`, which ends before `end`, does not fit a file of `wanted` columns, as far as it can be seen:
/// `1 field where 3 columns are expected (a comment? --comment '#')`; and the hint alone, which may be empty.
std::string misfit(const CsvScanner& scanner, const char* p, const char* end, std::size_t wanted);
std::string misfit_hint(const CsvScanner& scanner, const char* p, const char* end);

/// What a line begins with that other programs take for a comment: `#`, `%` or `//`; empty otherwise.
std::string comment_mark(std::string_view line);

}  // namespace maha
