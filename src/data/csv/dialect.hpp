#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace maha {

/// How a CSV file writes what it says, where files differ: what all that read it have to agree on.
struct CsvDialect {
  char delimiter = 0;   ///< between fields; 0: found out
  char decimal = '.';   ///< the decimal mark of numbers, '.' or ','
  std::string comment;  ///< lines that begin with it, blanks aside, are passed over; empty: none are
  /// What stands for a missing value, as an empty field always does.
  std::vector<std::string> na{"NA", "NaN", "nan", "N/A", "n/a", "NULL", "null", "None", "<NA>", "?"};

  bool operator==(const CsvDialect&) const = default;
};

/// Why fields would be cut, or lines passed over, in the wrong place, as `may stand in a number`; nullptr if they would
/// not. A comment must not be empty.
const char* why_no_delimiter(char delimiter);
const char* why_no_comment(const std::string& comment);

/// Throws UsageError if a part of the dialect is bad for such a reason, or could be taken for another part.
void check(const CsvDialect& dialect);

/// What the text of a field means in a dialect.
class FieldReader {
 public:
  explicit FieldReader(const CsvDialect& dialect);

  char decimal() const { return decimal_; }

  /// Reads all of `text` as a number. False if it is none. May give inf or nan.
  bool number(std::string_view text, double& value) const;

  /// Reads a number from p on, without a '+', and returns where it ends; p if there is none before `end`.
  const char* convert(const char* p, const char* end, double& value) const;

  bool is_missing(std::string_view text) const;

  /// Whether it is a number (finite or not) and does not stand for a missing value.
  bool is_number(std::string_view text) const;

  /// Whether it would be a number with the other decimal mark: 1,5 where points are read, 1.5 where commas are.
  bool has_other_mark(std::string_view text) const;
  /// Whether it would be a number but for marks (comma, point, blank, apostrophe) that group digits by thousands.
  bool has_groups(std::string_view text) const;

  /// Whether it is a number with either mark: no text, though it may be none that can be read.
  bool is_numeric(std::string_view text) const { return is_number(text) || has_other_mark(text); }

  /// Numbers may stand for a missing value too, as -999.
  bool has_missing_numbers() const { return !missing_numbers_.empty(); }
  bool is_missing_number(double value) const;

 private:
  char decimal_;
  std::vector<std::string> na_;
  std::vector<double> missing_numbers_;
};

}  // namespace maha
