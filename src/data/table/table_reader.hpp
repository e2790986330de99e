#pragma once

#include <deque>
#include <exception>
#include <string>
#include <vector>

#include "core/parallel.hpp"
#include "data/columns/columns.hpp"
#include "data/csv/blocks.hpp"
#include "data/csv/opening.hpp"
#include "data/csv/row_parser.hpp"

namespace maha {

/// How a file's bytes are read, apart from what its columns are for.
struct CsvFormat {
  CsvDialect dialect{};
  MissingField missing = MissingField::error;
  Vector fill{};                     ///< for MissingField::fill: a value for each feature, or empty for NaN
  bool keep_records = false;         ///< RowBlock::records
  std::size_t block_size = 1 << 20;  ///< bytes that a block aims at; the result does not depend on it
};

/// A CSV file as a stream of parsed rows, in order, in memory for a few blocks a thread. Throws InputError naming file,
/// line and column.
class TableReader {
 public:
  TableReader(const std::string& path, const ColumnRequest& request, const CsvFormat& format,
              const Threads& threads = Threads());

  const Columns& columns() const { return columns_; }
  const std::string& name() const { return blocks_.name(); }
  char delimiter() const { return blocks_.scanner().delimiter(); }
  const FieldReader& fields() const { return fields_; }

  /// The header's bytes with their line end; empty without a header.
  const std::string& header_record() const { return header_record_; }

  /// False at the end of the file.
  bool next(RowBlock& block);

 private:
  CsvOpening read_opening();
  Columns decide_columns(const ColumnRequest& request);
  void check_first_row(const Columns& columns, const CsvOpening& opening) const;
  void take_off_header(std::size_t size);
  std::string place(long line) const { return name() + ":" + std::to_string(line) + ": "; }
  void parse_batch();
  void read_batch(std::deque<CsvBlock>& batch);

  FieldReader fields_;
  CsvBlocks blocks_;
  std::deque<CsvBlock> unparsed_;
  std::exception_ptr read_failure_;
  std::deque<RowBlock> parsed_;
  std::string header_record_;
  Columns columns_;
  RowParser parser_;
  Threads threads_;
  Index rows_ = 0;
};

}  // namespace maha
