#include "data/csv/row_parser.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/error.hpp"
#include "core/machine/large_array.hpp"
#include "core/text/scan_number.hpp"
#include "core/text/text.hpp"

namespace maha::data {

RowParser::RowParser(const Columns& columns, const CsvScanner& scanner, const FieldReader& reader, MissingField missing,
                     const Vector& fill, bool keep_records, std::string file)
    : columns_(columns),
      scanner_(scanner),
      reader_(reader),
      plain_(reader.decimal() == '.' && !reader.has_missing_numbers()),
      missing_(missing),
      fill_(fill.size() > 0 ? fill : Vector::Constant(columns.dims(), std::numeric_limits<double>::quiet_NaN())),
      keep_records_(keep_records),
      file_(std::move(file)),
      fields_(columns.count, {Role::other, 0}) {
  for (std::size_t slot = 0; slot < columns.features.size(); ++slot) {
    fields_[columns.features[slot]] = {Role::feature, static_cast<Index>(slot)};
  }
  if (columns.label) fields_[*columns.label].role = columns.label_is_target ? Role::target : Role::label;
  if (columns.id) fields_[*columns.id].role = Role::id;
}

namespace {

/// A record has a line for itself, and a byte at least for the end of each field; one that has not is the last one
/// read.
Index most_rows(const CsvBlock& block, const Columns& columns) {
  return std::min<Index>(block.newlines, static_cast<Index>(block.size / columns.count) + 1);
}

}  // namespace

RowBlock RowParser::parse(CsvBlock block) const {
  RowBlock out;
  const char* p = block.begin();
  const char* const end = block.end();
  out.X.resize(most_rows(block, columns_), columns_.dims());
  want_large_pages(out.X);
  Index rows = 0;
  long line = block.line;
  while (p < end) {
    const char* const record = p;
    if (const char* next = scanner_.after_idle_line(p)) {
      p = next, ++line;
      continue;
    }
    const bool usable = parse_record(p, end, line, out.X.data() + rows * out.X.cols(), out);
    ++out.rows_read;
    if (usable) {
      out.row.push_back(out.rows_read);
      ++rows;
    } else {
      if (columns_.label && columns_.label_is_target) out.targets.pop_back();
      if (columns_.label && !columns_.label_is_target) out.labels.pop_back();
      if (columns_.id) out.ids.pop_back();
    }
    if (keep_records_) out.records.emplace_back(record, static_cast<std::size_t>(p - record));
    line += block.quotes ? std::count(record, p, '\n') : 1;
  }
  out.X.conservativeResize(rows, Eigen::NoChange);
  if (keep_records_) out.bytes = std::move(block.bytes);
  return out;
}

/// Parses the record at p, moves p behind it, and returns whether the row is usable.
bool RowParser::parse_record(const char*& p, const char* end, long line, double* x, RowBlock& out) const {
  const char* const record = p;
  bool usable = true;
  std::size_t c = 0;
  for (;; ++c) {
    if (c == fields_.size()) fail_width({line, c, record, end});
    const Field field = fields_[c];
    const char* stop = nullptr;
    if (field.role == Role::feature) stop = bare_number(p, end, x[field.slot]);
    if (!stop) {
      stop = scanner_.field_end(p, end);
      usable &= take_text(p, stop, {line, c, record, end}, x, out);
    }
    p = scanner_.next_field(stop);
    if (!p) {
      p = static_cast<const char*>(std::memchr(stop, '\n', static_cast<std::size_t>(end - stop))) + 1;
      break;
    }
  }
  if (c + 1 != fields_.size()) fail_width({line, c, record, end});
  return usable;
}

/// The fast path of nearly all fields: a finite number up to its separator. nullptr for anything else.
const char* RowParser::bare_number(const char* p, const char* end, double& value) const {
  if (!plain_) return special_number(p, end, value);
  p = scanner_.skip_blanks(p);
  const char* stop = scan_number(p, end, value);
  return separator_behind(p, stop, value);
}

/// The same of a number that may have a decimal comma or stand for a missing value. Where commas part fields and
/// numbers both, only quotes tell them apart.
const char* RowParser::special_number(const char* p, const char* end, double& value) const {
  if (reader_.decimal() == scanner_.delimiter()) return nullptr;
  p = scanner_.skip_blanks(p);
  const char* stop = reader_.convert(p, end, value);
  return stop != p && reader_.is_missing_number(value) ? nullptr : separator_behind(p, stop, value);
}

/// Where the field ends whose number goes from p to `stop`; nullptr if there is none, or anything else behind it.
inline const char* RowParser::separator_behind(const char* p, const char* stop, double value) const {
  if (stop == p || !std::isfinite(value)) return nullptr;
  if (*stop != scanner_.delimiter()) stop = scanner_.skip_blanks(stop);
  return *stop == scanner_.delimiter() || *stop == '\n' ? stop : nullptr;
}

/// Any other field. Returns whether it leaves its row usable.
bool RowParser::take_text(const char* p, const char* stop, const Place& place, double* x, RowBlock& out) const {
  std::string scratch;
  std::string_view text;
  const Field field = fields_[place.column];
  if (field.role == Role::other) return true;
  if (!scanner_.field_text(p, stop, scratch, text)) fail(place, "text after a closing quote");
  if (field.role == Role::label) {
    out.labels.emplace_back(text);
    if (columns_.label_may_be_missing) return true;
    if (text.empty() && missing_ != MissingField::skip_row) fail(place, "the label is empty: --missing skip");
    return missing_ != MissingField::skip_row || !reader_.is_missing(text);
  }
  if (field.role == Role::target) return take_target(text, place, out);
  if (field.role == Role::id) {
    out.ids.emplace_back(text);
    return true;
  }
  if (reader_.is_missing(text)) return take_missing(text, place, x);
  x[field.slot] = number(text, place);
  return true;
}

/// Returns whether it leaves its row usable.
bool RowParser::take_missing(std::string_view text, const Place& place, double* x) const {
  if (missing_ == MissingField::error) {
    fail(place, (text.empty() ? "is empty" : in_quotes(text) + " stands for a missing value") +
                    std::string(columns_.has_options ? ": --missing skip or mean" : ""));
  }
  const Index slot = fields_[place.column].slot;
  x[slot] = fill_[slot];
  return missing_ != MissingField::skip_row;
}

/// A target has no value that could stand for a missing one. Returns whether it leaves its row usable.
bool RowParser::take_target(std::string_view text, const Place& place, RowBlock& out) const {
  const bool missing = reader_.is_missing(text);
  if (missing && missing_ != MissingField::skip_row) {
    fail(place, (text.empty() ? "is empty" : in_quotes(text) + " stands for a missing value") +
                    std::string(", in the target") + (columns_.has_options ? ": --missing skip" : ""));
  }
  out.targets.push_back(missing ? 0 : number(text, place));
  return !missing;
}

std::string not_a_number(std::string_view text, const FieldReader& reader, char delimiter) {
  const std::string message = in_quotes(text) + " is not a number";
  if (reader.has_groups(text)) return message + ": digits are not to be grouped by thousands";
  if (!reader.has_other_mark(text)) return message;
  if (reader.decimal() == ',') return message + " with a decimal comma";
  return message + ": decimal comma? --decimal ," + (delimiter == ',' ? " -d ," : "");
}

double RowParser::number(std::string_view text, const Place& place) const {
  double value = 0;
  if (!reader_.number(text, value)) fail(place, not_a_number(text, reader_, scanner_.delimiter()));
  if (!std::isfinite(value)) {
    const bool digits = text.find_first_of("0123456789") != std::string_view::npos;
    fail(place, in_quotes(text) + (digits ? " is out of range" : " is not a finite number"));
  }
  return value;
}

/// A field in the wrong place is no news where the whole row has too few or too many.
void RowParser::fail(const Place& place, const std::string& what) const {
  check_width(place);
  throw InputError(file_ + ":" + std::to_string(place.line) + ": " + columns_.describe(place.column) + ": " + what);
}

void RowParser::check_width(const Place& place) const {
  std::size_t found = 0;
  for (const char* p = place.record; p; ++found) p = scanner_.next_field(scanner_.field_end(p, place.end));
  if (found != fields_.size()) fail_width(place);
}

void RowParser::fail_width(const Place& place) const {
  throw InputError(file_ + ":" + std::to_string(place.line) + ": " +
                   misfit(scanner_, place.record, place.end, fields_.size()));
}

}  // namespace maha::data
