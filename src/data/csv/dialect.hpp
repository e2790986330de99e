#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maha::data {

/// The conventions in which CSV files differ.
struct CsvDialect {
  char delimiter = 0;   ///< between fields; 0: to be detected
  char decimal = '.';   ///< the decimal mark of numbers, '.' or ','
  std::string comment;  ///< lines that begin with it, possibly after blanks, are ignored; empty: no comments
  /// Texts that are missing values, as an empty field always is.
  std::vector<std::string> na{"NA", "NaN", "nan", "N/A", "n/a", "NULL", "null", "None", "<NA>", "?"};

  bool operator==(const CsvDialect&) const = default;
};

/// Why this cannot be a delimiter or a comment, such as `may stand in a number`; nullptr if it can. A comment must not
/// be empty.
const char* why_no_delimiter(char delimiter);
const char* why_no_comment(const std::string& comment);

/// Throws UsageError if a part of the dialect is bad for such a reason, or could be mistaken for another part.
void check(const CsvDialect& dialect);

/// Interprets the text of fields in a dialect.
class FieldReader {
 public:
  explicit FieldReader(const CsvDialect& dialect);

  char decimal() const { return decimal_; }

  /// Reads all of `text` as a number. False if it is not one. May give inf or nan.
  bool number(std::string_view text, double& value) const;

  /// Reads a number from p on, without a '+', and returns its end; p if there is no number before `end`.
  const char* convert(const char* p, const char* end, double& value) const;

  bool is_missing(std::string_view text) const;

  /// Whether it is a number (finite or not) and not a missing value.
  bool is_number(std::string_view text) const;

  /// Whether it would be a number with the other decimal mark: 1,5 if the mark is a point, 1.5 if it is a comma.
  bool has_other_mark(std::string_view text) const;
  /// Whether it would be a number without its thousands separators (comma, point, blank, apostrophe).
  bool has_groups(std::string_view text) const;

  /// Whether it is a number with either decimal mark, and so not text.
  bool is_numeric(std::string_view text) const { return is_number(text) || has_other_mark(text); }

  /// Whether numbers such as -999 are missing values too.
  bool has_missing_numbers() const { return !missing_numbers_.empty(); }
  bool is_missing_number(double value) const;

 private:
  char decimal_;
  std::vector<std::string> na_;
  std::vector<double> missing_numbers_;
};

}  // namespace maha::data
