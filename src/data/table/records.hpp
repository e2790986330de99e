#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "data/csv/dialect.hpp"
#include "data/rows/row_source.hpp"
#include "io/output.hpp"

namespace maha::data {

/// A file as the text it is, for tools that hand its records on unchanged: quotes, line ends, blanks and all.
struct Records {
  std::string header;                  ///< with its line end; empty without a header
  std::vector<std::string_view> text;  ///< each data row with its line end
  Labels label;                        ///< of each row: equal labels, equal numbers; all 0 without a label column
  Vector target;                       ///< of each row, if the file has a target; else empty
  Labels id;                           ///< the same of the id column; empty without one
  Columns columns;
  std::string name;     ///< the file, for messages
  Index rows_read = 0;  ///< data rows of the file, those passed over included
  char delimiter = ',';
  std::vector<std::string> label_doubts;           ///< warnings of labels that may be missing values
  std::vector<std::shared_ptr<const void>> bytes;  ///< keep what `text` points into
};

/// Reads all of a file that was opened with its records kept, but for rows that are to be passed over. Throws
/// InputError if its rows are no records of text, if it has no row, or if its label column, which nobody named, holds
/// numbers that are no integers. `dialect`: which texts are missing values.
Records read_records(RowSource& source, const CsvDialect& dialect = {});

/// The record with more fields behind its last one, before its line end.
std::string extended_record(std::string_view record, char delimiter, const std::vector<std::string>& fields);

/// Throws InputError if a file already has a column of that name.
void check_new_column(const Columns& columns, const std::string& name, const std::string& file);

/// Writes the records of a file as they came, block by block, with columns behind them as the file writes its own.
class AppendedRecords {
 public:
  /// The new fields of row i of a block's X.
  using Fields = std::function<std::vector<std::string>(std::size_t i)>;

  AppendedRecords(io::Output& out, std::vector<std::string> columns) : out_(out), columns_(std::move(columns)) {}

  /// Throws InputError if the file has a column of one of these names, or its rows are no records of text.
  void check(const RowSource& source) const;

  /// The header, if the file has one, before the first block; then the block's records. The new fields of unusable rows
  /// are empty.
  void write(const RowSource& source, const RowBlock& block, const Fields& fields);

 private:
  io::Output& out_;
  std::vector<std::string> columns_;
  bool started_ = false;
};

/// A number as the file writes its own.
std::string number_field(double value, const RecordText& text);

/// Writes the header and the records whose part is `wanted`.
void write_part(io::Output& out, const Records& records, const std::vector<int>& part, int wanted);

/// Writes all with one more column: `name` in the header, if there is one; in the rows value[part], or the part's
/// number counted from 1 if no values are given; nothing in those of part -1. Throws InputError if the file has a
/// column of that name.
void write_with_column(io::Output& out, const Records& records, const std::string& name, const std::vector<int>& part,
                       const std::vector<std::string>& value);

}  // namespace maha::data
