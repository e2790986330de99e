#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "data/csv/blocks.hpp"
#include "data/pairs/row_columns.hpp"
#include "data/table/table.hpp"

namespace maha::data {

/// Appends the name of row i in an output, as a CSV field: its id, or if there are no ids, its number in its file, from
/// 1. `row`: the numbers of all rows; `ids`: as many, or none.
void append_row_name(std::string& line, Index i, std::span<const Index> row, std::span<const std::string> ids);

/// The names by which other files refer to the rows of a table: numbers, 1-based data rows of its file, or the ids of
/// the column with which it was read.
class RowNames {
 public:
  /// Keeps a reference to the table.
  explicit RowNames(const Table& table);

  /// The row of X with this name. Throws InputError, without a place, if there is none or more than one.
  Index find(std::string_view text) const;

  /// Whether this may name a row, as opposed to being a heading: a number, or one of the ids.
  bool may_be(std::string_view text) const;

  /// Whether this has the form of a name: a number from 1, or one of the ids.
  bool is_name(std::string_view text) const;

  /// Appends the name of row i of X, as a CSV field.
  void append(std::string& line, Index i) const { append_row_name(line, i, table_.row, table_.ids); }

  bool by_id() const { return !table_.ids.empty(); }

  /// Throws UsageError if `file` may refer to either numbers or ids, which differ, and no option says that there are
  /// ids.
  void check_meaning(const std::string& file) const;

 private:
  Index find_number(std::string_view text) const;

  const Table& table_;
  std::unordered_map<std::string_view, Index> ids_;
};

/// The records of a CSV file that refers to rows of tables, one after the other; blank lines and comments are ignored.
class RowRecords {
 public:
  RowRecords(const std::string& path, const CsvDialect& dialect, RowColumns columns);

  /// Reads the next record; false at the end. Throws InputError if it has not as many fields as the first, or if the
  /// header lacks a required answer.
  bool next();

  /// Takes the record as the header, whose names tell where the columns are. Without a header they are the first ones.
  void take_header() { header_ = fields_; }

  /// The field for the k-th of the requested columns.
  const std::string& field(std::size_t k) const { return fields_[places_[k]]; }
  const std::vector<std::string>& fields() const { return fields_; }
  bool has(std::size_t k) const { return k < places_.size(); }

  /// `column 3`, by its number in the file.
  std::string describe(std::size_t k) const { return "column " + std::to_string(places_[k] + 1); }
  const std::string& name() const { return blocks_.name(); }

  /// The row that a field names.
  Index row(std::size_t k, const RowNames& names) const;

  /// Throws InputError naming file and line.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  bool read();
  void check_width();
  void place();
  std::string wanted() const;

  CsvBlocks blocks_;
  RowColumns columns_;
  CsvBlock block_;
  const char *record_ = nullptr, *at_ = nullptr;
  long line_ = 0, next_line_ = 0;
  std::vector<std::string> fields_, header_;
  std::vector<std::size_t> places_;
  std::size_t width_ = 0;  // fields of a record; 0 before the first
};

}  // namespace maha::data
