#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maha {

/// How the bytes of a CSV file (RFC 4180) fall into records and fields. Blanks around unquoted fields are trimmed, CRLF
/// ends a line as LF does. A space as delimiter takes any run of blanks as one. All text scanned ends with '\n'.
class CsvScanner {
 public:
  explicit CsvScanner(char delimiter) : delimiter_(delimiter) {}

  char delimiter() const { return delimiter_; }
  bool is_blank(char c) const { return (c == ' ' || c == '\t' || c == '\r') && (c != delimiter_ || c == ' '); }

  const char* skip_blanks(const char* p) const {
    while (static_cast<unsigned char>(*p) <= ' ' && is_blank(*p)) ++p;  // one comparison for nearly all fields
    return p;
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

  /// One past the '\n' that ends the record at p; nullptr if the record does not end before `end`.
  const char* record_end(const char* p, const char* end) const;

  /// The fields of the record at p, unquoted and trimmed, and p moved behind it. Throws InputError on text after a
  /// closing quote, saying `where`.
  std::vector<std::string> fields(const char*& p, const char* end, const std::string& where) const;

 private:
  char delimiter_;
};

/// The one of comma, semicolon and tab that stands most often, outside quotes, in the first line that is not blank.
char sniff_delimiter(std::string_view text);

}  // namespace maha
