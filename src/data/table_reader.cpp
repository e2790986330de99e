#include "data/table_reader.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"

namespace maha {

/// The first records, two if there are as many.
struct TableReader::Opening {
  std::vector<std::vector<std::string>> records;
  std::vector<long> line;           // of each
  std::vector<std::string> mark;    // by which it may be a comment; empty if it may not
  std::vector<std::string> misfit;  // where it has not as many fields as the first; empty where it has
  std::size_t after_first = 0;      // bytes of the first block
};

TableReader::TableReader(const std::string& path, const ColumnRequest& request, const CsvFormat& format,
                         const Threads& threads)
    : fields_(format.dialect),
      blocks_(path, format.dialect, format.block_size),
      columns_(decide_columns(request)),
      parser_(columns_, blocks_.scanner(), fields_, format.missing, format.fill, format.keep_records, blocks_.name()),
      threads_(threads) {}

TableReader::Opening TableReader::read_opening() {
  const CsvScanner& scanner = blocks_.scanner();
  Opening opening;
  auto& records = opening.records;
  for (CsvBlock block; records.size() < 2 && blocks_.next(block);) {
    long line = block.line;
    for (const char* p = block.begin(); records.size() < 2 && p < block.end();) {
      if (const char* next = scanner.after_idle_line(p)) {
        p = next, ++line;
        continue;
      }
      const char* const start = p;
      opening.line.push_back(line);
      records.push_back(scanner.fields(p, block.end(), name() + ":" + std::to_string(line)));
      const std::size_t width = records[0].size();
      opening.mark.push_back(comment_mark({start, static_cast<std::size_t>(p - start)}));
      opening.misfit.push_back(records.back().size() == width ? "" : misfit(scanner, start, block.end(), width));
      line += std::count(start, p, '\n');
      if (records.size() > 1) break;
      header_record_.assign(start, p);
      opening.after_first = static_cast<std::size_t>(p - block.begin());
    }
    if (!records.empty()) unparsed_.push_back(std::move(block));
  }
  if (records.empty()) throw InputError(name() + ": is empty");
  return opening;
}

/// Looks at the first two records, decides the columns, and takes the header off the first block.
Columns TableReader::decide_columns(const ColumnRequest& request) {
  const Opening opening = read_opening();
  check_opening(opening);
  const auto& records = opening.records;
  Columns columns = resolve_columns(request, records[0], records.size() > 1 ? &records[1] : nullptr, fields_, name());
  if (columns.header && records.size() == 1) throw InputError(name() + ": has a header and no rows");
  check_first_row(columns, opening);
  if (columns.header) {
    take_off_header(opening.after_first);
  } else {
    header_record_.clear();
  }
  return columns;
}

/// Where the first two records are no header and row, or two rows, whatever is asked of columns would be off the point.
void TableReader::check_opening(const Opening& opening) const {
  if (opening.records.size() < 2) return;
  const bool fits = opening.misfit[1].empty();
  const std::string& mark = opening.mark[0];
  if (!mark.empty() && (!fits || (opening.records[0].size() == 1 && !opening.mark[1].empty()))) {
    throw InputError(place(opening.line[0]) + "is this line a comment? --comment " + in_quotes(mark));
  }
  if (fits) return;
  const bool row_names = opening.records[0].size() > 1 && opening.records[1].size() == opening.records[0].size() + 1 &&
                         !opening.records[1].back().empty() &&
                         std::none_of(opening.records[0].begin(), opening.records[0].end(),
                                      [&](const std::string& field) { return fields_.is_numeric(field); });
  throw InputError(
      place(opening.line[1]) + opening.misfit[1] +
      (row_names ? " (write.table of R gives its row names no header; write.csv, or col.names = NA, does)" : ""));
}

void TableReader::check_first_row(const Columns& columns, const Opening& opening) const {
  const std::size_t first = columns.header ? 1 : 0;
  const std::vector<std::string>& row = opening.records[first];
  const auto fail = [&](std::size_t c, const std::string& hint) {
    throw InputError(place(opening.line[first]) + columns.describe(c) + ": " +
                     not_a_number(row[c], fields_, delimiter()) + hint);
  };
  for (const std::size_t c : columns.features) {
    if (fields_.has_other_mark(row[c]) || fields_.has_groups(row[c])) fail(c, "");
    const bool text = !fields_.is_number(row[c]) && !fields_.is_missing(row[c]);
    if (c == 0 && text && !opening.mark[first].empty())
      fail(c, ": a comment? --comment " + in_quotes(opening.mark[first]));
  }
  check_no_text(columns, row, fields_, name());
  if (columns.label) check_labels(columns, {row[*columns.label]}, fields_, name());
}

void TableReader::take_off_header(std::size_t size) {
  CsvBlock& first = unparsed_.front();
  const auto lines = std::count(first.begin(), first.begin() + size, '\n');
  first.line += lines;
  first.newlines -= lines;
  std::copy(first.begin() + size, first.end(), first.bytes.get());
  first.size -= size;
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
