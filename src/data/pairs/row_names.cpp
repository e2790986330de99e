#include "data/pairs/row_names.hpp"

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text/names.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "io/text/csv_writer.hpp"

namespace maha::data {
namespace {

constexpr Index kAmbiguous = -1;

}  // namespace

void append_row_name(std::string& line, Index i, std::span<const Index> row, std::span<const std::string> ids) {
  const auto at = static_cast<std::size_t>(i);
  if (ids.empty()) {
    line += std::to_string(row[at]);
  } else {
    io::append_field(line, ids[at]);
  }
}

RowNames::RowNames(const Table& table) : table_(table) {
  for (std::size_t i = 0; i < table.ids.size(); ++i) {
    const auto [place, fresh] = ids_.emplace(table.ids[i], static_cast<Index>(i));
    if (!fresh) place->second = kAmbiguous;
  }
}

Index RowNames::find(std::string_view text) const {
  if (!by_id()) return find_number(text);
  const auto found = ids_.find(text);
  const std::string id = "id " + in_quotes(text);
  if (found == ids_.end()) throw InputError(id + " is not in " + table_.name);
  if (found->second == kAmbiguous) throw InputError(id + " stands for more than one row of " + table_.name);
  return found->second;
}

Index RowNames::find_number(std::string_view text) const {
  const std::optional<Index> number = whole_number(text);
  if (!number) throw InputError(in_quotes(text) + " is no row number (rows called by id need --id COLUMN)");
  if (*number < 1) throw InputError("row " + std::string(text) + ": rows count from 1");
  if (*number > table_.rows_read) {
    throw InputError("row " + std::string(text) + ": " + table_.name + " has " + std::to_string(table_.rows_read));
  }
  const auto found = std::lower_bound(table_.row.begin(), table_.row.end(), *number);
  if (found == table_.row.end() || *found != *number) {
    throw InputError("row " + std::string(text) + " was skipped for a missing value");
  }
  return found - table_.row.begin();
}

void RowNames::check_meaning(const std::string& file) const {
  if (!table_.columns.id_is_guessed) return;
  for (std::size_t i = 0; i < table_.ids.size(); ++i) {
    if (table_.ids[i] == std::to_string(table_.row[i])) continue;
    throw UsageError(file + ": are rows called by column 1 of " + table_.name +
                     ", which has no name, or by number? --id 1 or --drop 1");
  }
}

bool RowNames::may_be(std::string_view text) const {
  double number = 0;
  return by_id() ? ids_.contains(text) : parse_number(text, number);
}

bool RowNames::is_name(std::string_view text) const {
  return by_id() ? ids_.contains(text) : whole_number(text).value_or(0) >= 1;
}

RowRecords::RowRecords(const std::string& path, const CsvDialect& dialect, RowColumns columns)
    : blocks_(path, dialect, 1 << 20), columns_(std::move(columns)) {}

bool RowRecords::next() {
  if (!read()) return false;
  check_width();
  if (places_.empty() || !header_.empty()) place();
  return true;
}

bool RowRecords::read() {
  for (;; ++next_line_) {
    while (at_ == block_.end()) {
      if (!blocks_.next(block_)) return false;
      at_ = block_.begin();
      next_line_ = block_.line;
    }
    const char* const idle = blocks_.scanner().after_idle_line(at_);
    if (!idle) break;
    at_ = idle;
  }
  line_ = next_line_;
  record_ = at_;
  fields_ = blocks_.scanner().fields(at_, block_.end(), name() + ":" + std::to_string(line_));
  next_line_ += std::count(record_, at_, '\n');
  return true;
}

void RowRecords::check_width() {
  const bool first = width_ == 0;
  const std::size_t found = fields_.size(), wanted_width = first ? columns_.least() : width_;
  if (first) width_ = found;
  if (first ? found >= wanted_width : found == wanted_width) return;
  fail((found == 1 ? "one field" : std::to_string(found) + " fields") + ", where " +
       (first ? wanted() + " are wanted" : "the first line has " + std::to_string(width_)) +
       misfit_hint(blocks_.scanner(), record_, block_.end()));
}

/// Finds the columns: in the first record one after the other, in the record after a header by its names.
void RowRecords::place() {
  places_.clear();
  if (header_.empty()) {
    const std::size_t all = columns_.names.size() + (columns_.answer.empty() ? 0 : 1);
    for (std::size_t c = 0; c < std::min(width_, all); ++c) places_.push_back(c);
    return;
  }
  places_ = places_under(header_, fields_, columns_);
  const auto fail_without = [&](const std::string& column) {
    throw InputError(name() + ": no column " + in_quotes(column) + "; the columns are " + listing(header_));
  };
  if (places_.size() < columns_.least()) fail_without(columns_.answer);
  for (std::size_t k = 0; k < columns_.names.size(); ++k) {
    if (places_[k] >= width_) fail_without(columns_.names[k]);  // the weight has the place that was left
  }
  header_.clear();
}

/// `i,j,similar`.
std::string RowRecords::wanted() const {
  const bool rows_alone = columns_.answer.empty() || columns_.answer_by_name;
  return join(columns_.names, ",") + (rows_alone ? "" : "," + columns_.answer);
}

Index RowRecords::row(std::size_t k, const RowNames& names) const {
  try {
    return names.find(field(k));
  } catch (const InputError& e) {
    fail(describe(k) + ": " + e.what());
  }
}

void RowRecords::fail(const std::string& what) const {
  throw InputError(name() + ":" + std::to_string(line_) + ": " + what);
}

}  // namespace maha::data
