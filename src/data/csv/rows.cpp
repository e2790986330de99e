#include "data/csv/rows.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/columns/input_errors.hpp"

namespace maha::data {

CsvRows::CsvRows(std::unique_ptr<io::Input> input, const ColumnRequest& request, const ReadOptions& options,
                 const Threads& threads)
    : fields_(options.dialect),
      blocks_(std::move(input), options.dialect, options.block_size),
      text_{"", blocks_.scanner().delimiter(), fields_.decimal()},
      columns_(decide_columns(request)),
      parser_(columns_, blocks_.scanner(), fields_, options.missing, options.fill, options.keep_records, name()),
      threads_(threads) {}

CsvOpening CsvRows::read_opening() {
  const CsvScanner& scanner = blocks_.scanner();
  CsvOpening opening;
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
      opening.text.emplace_back(start, p);
      line += std::count(start, p, '\n');
      if (records.size() == 1) opening.after_first = static_cast<std::size_t>(p - block.begin());
      if (records.size() > 1) opening.from_second = {start, block.end()};
    }
    if (!records.empty()) unparsed_.push_back(std::move(block));
  }
  if (records.empty()) throw NothingThere(name() + ": is empty");
  return opening;
}

/// Looks at the first two records, decides the columns, and takes the header off the first block.
Columns CsvRows::decide_columns(const ColumnRequest& request) {
  const CsvOpening opening = read_opening();
  check_opening(opening, blocks_.scanner(), fields_, request.feature_use == FeatureUse::read, name());
  const auto& records = opening.records;
  Columns columns = resolve_columns(request, records[0], records.size() > 1 ? &records[1] : nullptr, fields_, name());
  if (columns.header && records.size() == 1) throw InputError(name() + ": has a header and no rows");
  check_first_row(columns, opening);
  if (columns.header) {
    text_.header = opening.text[0];
    take_off_header(opening.after_first);
  }
  return columns;
}

void CsvRows::check_first_row(const Columns& columns, const CsvOpening& opening) const {
  const std::size_t first = columns.header ? 1 : 0;
  const std::vector<std::string>& row = opening.records[first];
  const auto fail = [&](std::size_t c, const std::string& hint) {
    throw InputError(place(opening.line[first]) + columns.describe(c) + ": " +
                     not_a_number(row[c], fields_, text_.delimiter) + hint);
  };
  const auto is_text = [&](std::size_t c) { return !fields_.is_number(row[c]) && !fields_.is_missing(row[c]); };
  for (const std::size_t c : columns.features) {
    if (fields_.has_other_mark(row[c]) || fields_.has_groups(row[c])) fail(c, "");
    if (c == 0 && is_text(c) && !opening.mark(first).empty())
      fail(c, ": a comment? --comment " + in_quotes(opening.mark(first)));
  }
  const std::string mark = columns.header ? opening.mark(0) : "";  // of a line over what is the header itself
  if (!mark.empty() && !columns.features.empty() &&
      std::all_of(columns.features.begin(), columns.features.end(), is_text)) {
    throw InputError(place(opening.line[0]) + "is this line a comment? --comment " + in_quotes(mark));
  }
  check_no_text(columns, row, fields_, name());
  if (columns.label && !columns.label_is_target) check_labels(columns, {row[*columns.label]}, fields_, name());
}

void CsvRows::take_off_header(std::size_t size) {
  CsvBlock& first = unparsed_.front();
  const auto lines = std::count(first.begin(), first.begin() + size, '\n');
  first.line += lines;
  first.newlines -= lines;
  std::copy(first.begin() + size, first.end(), first.bytes.get());
  first.size -= size;
}

bool CsvRows::next(RowBlock& block) {
  if (parsed_.empty()) parse_batch();
  if (parsed_.empty()) return false;
  block = std::move(parsed_.front());
  parsed_.pop_front();
  block.first_row = rows_ + 1;
  for (Index& row : block.row) row += rows_;
  rows_ += block.rows_read;
  return true;
}

void CsvRows::check_classes(const std::vector<std::string>& classes) const {
  check_labels(columns_, classes, fields_, name());
}

/// Parses the blocks that have been read, and reads the next ones meanwhile.
void CsvRows::parse_batch() {
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
void CsvRows::read_batch(std::deque<CsvBlock>& batch) {
  if (read_failure_) return;
  const auto size = static_cast<std::size_t>(threads_.count() == 1 ? 1 : 4 * threads_.count());
  try {
    for (CsvBlock block; batch.size() < size && blocks_.next(block);) batch.push_back(std::move(block));
  } catch (...) {
    read_failure_ = std::current_exception();
  }
}

}  // namespace maha::data
