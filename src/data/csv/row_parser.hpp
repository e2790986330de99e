#pragma once

#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/columns/columns.hpp"
#include "data/csv/blocks.hpp"
#include "data/csv/dialect.hpp"

namespace maha {

/// What a missing value gets: an error; its row is passed over, as is one whose label is empty; the value that stands
/// for it; NaN, for a caller who fills it in.
enum class MissingField { error, skip_row, fill, keep };

/// Some rows of a file, parsed.
struct RowBlock {
  Matrix X;                         ///< rows x features; the usable rows
  std::vector<Index> row;           ///< 1-based data row of each row of X
  std::vector<std::string> labels;  ///< of each row of X, if the file has a label column
  std::vector<std::string> ids;     ///< of each row of X, if the file has an id column
  Index first_row = 1;              ///< data row number of the first row read, usable or not
  Index rows_read = 0;
  CsvBlock source;                        ///< the bytes of the block, if records are kept
  std::vector<std::string_view> records;  ///< each row read, usable or not, with its line end, if records are kept
};

/// What a text is that should be a number: `'1,5' is not a number`, and what option would make it one.
std::string not_a_number(std::string_view text, const FieldReader& reader, char delimiter);

/// Parses blocks of records into rows; one parser serves many threads.
class RowParser {
 public:
  /// `fill` has a value for each feature, or is empty: NaN then stands for what is missing.
  RowParser(const Columns& columns, const CsvScanner& scanner, const FieldReader& reader, MissingField missing,
            const Vector& fill, bool keep_records, std::string file);

  /// Row numbers in the result count from the block's first row as 1. Throws InputError with line and column.
  RowBlock parse(CsvBlock block) const;

 private:
  enum class Role : unsigned char { other, feature, label, id };
  struct Field {
    Role role;
    Index slot;
  };
  struct Place {
    long line;
    std::size_t column;
    const char* record;
    const char* end;
  };

  bool parse_record(const char*& p, const char* end, long line, double* x, RowBlock& out) const;
  const char* bare_number(const char* p, const char* end, double& value) const;
  const char* special_number(const char* p, const char* end, double& value) const;
  const char* separator_behind(const char* p, const char* stop, double value) const;
  bool take_text(const char* p, const char* stop, const Place& place, double* x, RowBlock& out) const;
  bool take_missing(std::string_view text, const Place& place, double* x) const;
  double number(std::string_view text, const Place& place) const;
  [[noreturn]] void fail(const Place& place, const std::string& what) const;
  void check_width(const Place& place) const;
  [[noreturn]] void fail_width(const Place& place) const;

  const Columns columns_;
  const CsvScanner scanner_;
  const FieldReader reader_;
  const bool plain_;  // numbers have decimal points and none stands for a missing value
  MissingField missing_;
  Vector fill_;
  bool keep_records_;
  std::string file_;
  std::vector<Field> fields_;
};

}  // namespace maha
