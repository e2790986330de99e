#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/csv/dialect.hpp"
#include "data/csv/scanner.hpp"

namespace maha {

/// What a file begins with: its first two records, or one.
struct CsvOpening {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> text;  ///< of each, with its line end
  std::vector<long> line;         ///< of each
  std::size_t after_first = 0;    ///< bytes of its block
  std::string_view from_second;   ///< whole records, more of them if they are at hand

  /// By which a record may be a comment; empty if it may not.
  std::string mark(std::size_t i) const { return comment_mark(text[i]); }
};

/// Throws InputError where these are no header and row, or two rows, and whatever is asked of columns would be off the
/// point: a line that is a comment or a title, rows of another width, fields that another delimiter parts.
/// `features`: there must be some. Messages name `file`.
void check_opening(const CsvOpening& opening, const CsvScanner& scanner, const FieldReader& fields, bool features,
                   const std::string& file);

}  // namespace maha
