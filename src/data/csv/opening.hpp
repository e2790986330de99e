#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/csv/dialect.hpp"
#include "data/csv/scanner.hpp"

namespace maha::data {

/// The beginning of a file: its first two records, or the only one.
struct CsvOpening {
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> text;  ///< of each record, with its line end
  std::vector<long> line;         ///< the line of each record
  std::size_t after_first = 0;    ///< position after the first record, in bytes of the block
  std::string_view from_second;   ///< the records from the second on, as far as they are in memory

  /// The mark by which a record may be a comment; empty if it has none.
  std::string mark(std::size_t i) const { return comment_mark(text[i]); }
};

/// Throws InputError if these cannot be a header and a row, or two rows, so that questions about columns would make no
/// sense: a comment or a title, rows of different widths, fields separated by another delimiter. `features`: there must
/// be some. Messages name `file`.
void check_opening(const CsvOpening& opening, const CsvScanner& scanner, const FieldReader& fields, bool features,
                   const std::string& file);

}  // namespace maha::data
