#pragma once

#include <string>
#include <vector>

#include "core/types.hpp"
#include "data/columns/columns.hpp"
#include "data/csv/blocks.hpp"
#include "data/csv/dialect.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_block.hpp"

namespace maha::data {

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
  enum class Role : unsigned char { other, feature, label, target, id };
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
  bool take_target(std::string_view text, const Place& place, RowBlock& out) const;
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

}  // namespace maha::data
