#include "data/table/named_columns.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "data/csv/blocks.hpp"

namespace maha::data {

NamedColumns::NamedColumns(const std::string& path, const CsvDialect& dialect)
    : NamedColumns(std::make_unique<io::Input>(path), dialect) {}

NamedColumns::NamedColumns(std::unique_ptr<io::Input> input, const CsvDialect& dialect) : fields_(dialect) {
  CsvBlocks blocks(std::move(input), dialect, 1 << 20);
  file_ = blocks.name();
  for (CsvBlock block; blocks.next(block);) {
    long line = block.line;
    for (const char* p = block.begin(); p != block.end();) {
      if (const char* next = blocks.scanner().after_idle_line(p)) {
        p = next, ++line;
        continue;
      }
      const char* const start = p;
      const std::string where = file_ + ":" + std::to_string(line);
      std::vector<std::string> fields = blocks.scanner().fields(p, block.end(), where);
      if (names_.empty()) {
        names_ = std::move(fields);
      } else if (fields.size() != names_.size()) {
        throw InputError(where + ": " + misfit(blocks.scanner(), start, block.end(), names_.size()));
      } else {
        records_.push_back(std::move(fields));
        line_.push_back(line);
      }
      line += std::count(start, p, '\n');
    }
  }
  if (names_.empty()) throw InputError(file_ + ": is empty");
  if (records_.empty()) throw InputError(file_ + ": has a header and no rows");
}

bool NamedColumns::has(const std::string& column) const {
  return std::find(names_.begin(), names_.end(), column) != names_.end();
}

std::size_t NamedColumns::place(const std::string& column) const {
  const auto found = std::find(names_.begin(), names_.end(), column);
  if (found == names_.end()) {
    throw InputError(file_ + ": no column " + in_quotes(column) + "; the columns are " + listing(names_));
  }
  return static_cast<std::size_t>(found - names_.begin());
}

Vector NamedColumns::numbers(const std::string& column) const {
  const std::size_t j = place(column);
  Vector values(rows());
  for (std::size_t i = 0; i < records_.size(); ++i) {
    if (!fields_.number(records_[i][j], values(static_cast<Index>(i)))) {
      fail(static_cast<Index>(i), "column " + std::to_string(j + 1) + " (" + shown(column) +
                                      "): " + in_quotes(records_[i][j]) + " is not a number");
    }
  }
  return values;
}

void NamedColumns::fail(Index row, const std::string& what) const {
  throw InputError(file_ + ":" + std::to_string(line_[static_cast<std::size_t>(row)]) + ": " + what);
}

std::vector<std::string> NamedColumns::texts(const std::string& column) const {
  const std::size_t j = place(column);
  std::vector<std::string> values;
  for (const auto& record : records_) values.push_back(record[j]);
  return values;
}

}  // namespace maha::data
