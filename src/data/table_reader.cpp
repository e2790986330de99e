#include "data/table_reader.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace maha {

TableReader::TableReader(const std::string& path, const ColumnRequest& request, const CsvFormat& format,
                         const Threads& threads)
    : blocks_(path, format.delimiter, format.block_size),
      columns_(read_opening(request)),
      parser_(columns_, blocks_.scanner(), format.missing, format.fill, format.keep_records, blocks_.name()),
      threads_(threads) {}

/// Looks at the first two records, decides the columns, and takes the header off the first block.
Columns TableReader::read_opening(const ColumnRequest& request) {
  std::vector<std::vector<std::string>> records;
  std::size_t after_first = 0;
  for (CsvBlock block; records.size() < 2 && blocks_.next(block);) {
    for (const char* p = block.begin(); records.size() < 2 && p < block.end();) {
      const char* text = blocks_.scanner().skip_blanks(p);
      if (*text == '\n') {
        p = text + 1;
        continue;
      }
      const auto line = block.line + std::count(block.begin(), p, '\n');
      const char* const start = p;
      records.push_back(blocks_.scanner().fields(p, block.end(), name() + ":" + std::to_string(line)));
      if (records.size() == 1) {
        header_record_.assign(start, p);
        after_first = static_cast<std::size_t>(p - block.begin());
      }
    }
    if (!records.empty()) unparsed_.push_back(std::move(block));
  }
  if (records.empty()) throw InputError(name() + ": is empty");
  Columns columns = resolve_columns(request, records[0], records.size() > 1 ? &records[1] : nullptr, name());
  if (columns.header && records.size() == 1) throw InputError(name() + ": has a header and no rows");
  const std::vector<std::string>& row = records[columns.header ? 1 : 0];
  check_no_text(columns, row, name());
  if (columns.label && *columns.label < row.size()) check_labels(columns, {row[*columns.label]}, name());
  if (columns.header) {
    CsvBlock& first = unparsed_.front();
    const auto lines = std::count(first.begin(), first.begin() + after_first, '\n');
    first.line += lines;
    first.newlines -= lines;
    std::copy(first.begin() + after_first, first.end(), first.bytes.get());
    first.size -= after_first;
  } else {
    header_record_.clear();
  }
  return columns;
}

bool TableReader::next(RowBlock& block) {
  if (parsed_.empty()) parse_batch();
  if (parsed_.empty()) return false;
  block = std::move(parsed_.front());
  parsed_.pop_front();
  block.first_row = rows_ + 1;
  for (Index& row : block.row) row += rows_;
  rows_ += block.rows_read;
  return true;
}

/// Parses the blocks that have been read, and reads the next ones meanwhile.
void TableReader::parse_batch() {
  if (unparsed_.empty() && read_failure_) std::rethrow_exception(read_failure_);
  std::deque<CsvBlock> ahead;
  parsed_.resize(unparsed_.size());
  threads_.for_tiles(static_cast<Index>(unparsed_.size()) + 1, [&](Index t) {
    if (t == 0) {
      read_batch(ahead);
    } else {
      const auto i = static_cast<std::size_t>(t - 1);
      parsed_[i] = parser_.parse(std::move(unparsed_[i]));
    }
  });
  unparsed_ = std::move(ahead);
}

/// An error waits until the rows before it have been handed out.
void TableReader::read_batch(std::deque<CsvBlock>& batch) {
  if (read_failure_) return;
  const auto size = static_cast<std::size_t>(threads_.count() == 1 ? 1 : 4 * threads_.count());
  try {
    for (CsvBlock block; batch.size() < size && blocks_.next(block);) batch.push_back(std::move(block));
  } catch (...) {
    read_failure_ = std::current_exception();
  }
}

}  // namespace maha
