#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maha::data {

/// Splits the bytes of a CSV file (RFC 4180) into records and fields. Blanks around unquoted fields are trimmed, and
/// CRLF ends a line like LF. With a space as the delimiter, any run of blanks counts as one. Lines that begin with the
/// comment mark, if there is one, are not records. All text to scan must end with '\n'.
class CsvScanner {
 public:
  explicit CsvScanner(char delimiter, std::string comment = "") : delimiter_(delimiter), comment_(std::move(comment)) {}

  char delimiter() const { return delimiter_; }
  bool is_blank(char c) const { return (c == ' ' || c == '\t' || c == '\r') && (c != delimiter_ || c == ' '); }

  const char* skip_blanks(const char* p) const {
    while (static_cast<unsigned char>(*p) <= ' ' && is_blank(*p)) ++p;  // one comparison for nearly all fields
    return p;
  }

  /// If the line at p is blank or a comment, the position after its '\n'; otherwise nullptr.
  const char* after_idle_line(const char* p) const {
    p = skip_blanks(p);
    return *p == '\n' ? p + 1 : comment_.empty() ? nullptr : after_comment(p);
  }

  /// The end of the field that starts at p: its separator or '\n'. nullptr if a quoted field is not closed before
  /// `end`.
  const char* field_end(const char* p, const char* end) const;

  /// The content of the field [p, field_end): trimmed, or unquoted into `scratch`. False if text follows a closing
  /// quote.
  bool field_text(const char* p, const char* field_end, std::string& scratch, std::string_view& text) const;

  /// The start of the field after the one that ends here; nullptr if that was the last of its record.
  const char* next_field(const char* field_end) const {
    if (*field_end == '\n') return nullptr;
    if (delimiter_ != ' ') return field_end + 1;
    const char* p = skip_blanks(field_end);
    return *p == '\n' ? nullptr : p;
  }

  /// The position after the '\n' that ends the record, or ignored line, at p; nullptr if it does not end before `end`.
  const char* record_end(const char* p, const char* end) const;

  /// The fields of the record at p, unquoted and trimmed; moves p past it. Throws InputError on text after a closing
  /// quote, with `where` as the place.
  std::vector<std::string> fields(const char*& p, const char* end, const std::string& where) const;

  /// Whether a lone carriage return ends a line within [p, end), outside quotes, as on old Macs.
  bool has_lone_return(const char* p, const char* end) const;

 private:
  const char* after_comment(const char* p) const;

  char delimiter_;
  std::string comment_;
};

/// Why the record at `p`, which ends before `end`, does not fit a file of `wanted` columns, with a hint if there is
/// one: `1 field where 3 columns are expected (a comment? --comment '#')`.
std::string misfit(const CsvScanner& scanner, const char* p, const char* end, std::size_t wanted);
std::string misfit_hint(const CsvScanner& scanner, const char* p, const char* end);

/// The mark with which a line begins if other programs take it for a comment: `#`, `%` or `//`; otherwise empty.
std::string comment_mark(std::string_view line);

}  // namespace maha::data
