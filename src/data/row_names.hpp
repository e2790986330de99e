#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/csv_blocks.hpp"
#include "data/table.hpp"

namespace maha {

/// What other files call the rows of a table: by number, 1-based data rows of its file, or by the id column it was read
/// with.
class RowNames {
 public:
  /// Keeps a reference to the table.
  explicit RowNames(const Table& table);

  /// The row of X that is called so. Throws InputError, without a place, if there is none, or more than one.
  Index find(std::string_view text) const;

  /// Whether this may name a row and is no heading: a number, or one of the ids.
  bool may_be(std::string_view text) const;

  /// Appends what row i of X is called, as a CSV field.
  void append(std::string& line, Index i) const;

  bool by_id() const { return !table_.ids.empty(); }

  /// Throws UsageError if `file` may mean either numbers or ids, and they differ: nobody said that there are ids.
  void check_meaning(const std::string& file) const;

 private:
  Index find_number(std::string_view text) const;

  const Table& table_;
  std::unordered_map<std::string_view, Index> ids_;
};

/// The records of a CSV file whose first columns name rows of tables, one after the other; blank lines and comments are
/// passed over.
class RowRecords {
 public:
  /// `wanted`: what a record is, for messages, as "i,j,similar".
  RowRecords(const std::string& path, const CsvDialect& dialect, std::string wanted)
      : blocks_(path, dialect, 1 << 20), wanted_(std::move(wanted)) {}

  /// The next one; false at the end. Throws InputError if it has not as many fields as the first has.
  bool next();

  const std::vector<std::string>& fields() const { return fields_; }
  std::size_t width() const { return width_; }  ///< fields of a record; 0 before the first
  const std::string& name() const { return blocks_.name(); }

  /// Throws InputError unless records have so many fields.
  void require_width(std::size_t least) const;

  /// The row that a field names.
  Index row(std::size_t column, const RowNames& names) const;

  /// Throws InputError naming file and line.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  CsvBlocks blocks_;
  std::string wanted_;
  CsvBlock block_;
  const char *record_ = nullptr, *at_ = nullptr;
  long line_ = 0, next_line_ = 0;
  std::vector<std::string> fields_;
  std::size_t width_ = 0;
};

}  // namespace maha
