#pragma once

#include <deque>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "core/machine/parallel.hpp"
#include "data/csv/blocks.hpp"
#include "data/csv/opening.hpp"
#include "data/csv/row_parser.hpp"
#include "data/rows/read_options.hpp"
#include "data/rows/row_source.hpp"

namespace maha::data {

/// A CSV file as a stream of parsed rows, in order, in memory for a few blocks a thread. Throws InputError naming file,
/// line and column.
class CsvRows : public RowSource {
 public:
  CsvRows(std::unique_ptr<io::Input> input, const ColumnRequest& request, const ReadOptions& options,
          const Threads& threads);

  const std::string& name() const override { return blocks_.name(); }
  const Columns& columns() const override { return columns_; }
  bool next(RowBlock& block) override;
  const RecordText& record_text() const override { return text_; }
  void check_classes(const std::vector<std::string>& classes) const override;

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
  RecordText text_;
  Columns columns_;
  RowParser parser_;
  Threads threads_;
  Index rows_ = 0;
};

}  // namespace maha::data
