#include "data/csv/sniffer.hpp"

#include <algorithm>

#include "core/text/characters.hpp"
#include "core/text/names.hpp"
#include "core/text/number.hpp"
#include "data/csv/scanner.hpp"

namespace maha::data {
namespace {

constexpr std::size_t kMostRecords = 20;   // examined: enough to outvote a title or comments
constexpr std::ptrdiff_t kEnough = 65536;  // bytes, if they hold two records: wide files need no more

/// The fields of the first records, each as its raw bytes.
using Fields = std::vector<std::string_view>;

std::vector<Fields> first_records(std::string_view text, const CsvScanner& scanner) {
  std::vector<Fields> records;
  const char* const end = text.data() + text.size();
  for (const char* p = text.data(); p < end && records.size() < kMostRecords;) {
    if (records.size() >= 2 && p - text.data() > kEnough) break;
    if (const char* next = scanner.after_idle_line(p)) {
      p = next;
      continue;
    }
    Fields record;
    const char* stop = nullptr;
    for (const char* field = scanner.skip_blanks(p); field; field = scanner.next_field(stop)) {
      stop = scanner.field_end(field, end);
      record.emplace_back(field, static_cast<std::size_t>((stop ? stop : end) - field));
      if (!stop) break;
    }
    if (!stop && !records.empty()) break;  // truncated
    records.push_back(std::move(record));
    p = stop ? stop + 1 : end;
  }
  return records;
}

/// 1,5 and -0,25e3 and 1.234,5.
bool has_decimal_comma(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || comma + 1 >= text.size() || !is_digit(text[comma + 1])) return false;
  std::string pointed(text);
  pointed[comma] = '.';
  pointed.erase(std::remove(pointed.begin(), pointed.begin() + static_cast<std::ptrdiff_t>(comma), '.'),
                pointed.begin() + static_cast<std::ptrdiff_t>(comma));
  double value = 0;
  return parse_number(pointed, value);
}

/// Whether all commas, in fields cut by another delimiter, are decimal marks and never separate numbers.
bool commas_are_decimal(const std::vector<Fields>& records, const CsvScanner& scanner) {
  bool some = false;
  std::string scratch;
  std::string_view text;
  for (const Fields& record : records) {
    for (const std::string_view field : record) {
      if (field.find(',') == std::string_view::npos || field.starts_with('"')) continue;
      if (!scanner.field_text(field.data(), field.data() + field.size(), scratch, text)) continue;
      if (has_decimal_comma(text)) {
        some = true;
        continue;
      }
      const std::vector<std::string> parts = split(std::string(text));
      double value = 0;
      if (std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return parse_number(part, value); })) {
        return false;
      }
    }
  }
  return some;
}

struct Trial {
  char delimiter;
  std::size_t width = 0, agreeing = 0;  // fields of the first record, and how many records have as many
  std::size_t widest = 0;               // fields of the record that has most
  bool leaves_decimal_commas = false;

  bool cuts() const { return width > 1; }
  bool better_than(const Trial& other) const {
    if (cuts() != other.cuts()) return cuts();
    if (!cuts()) return widest > other.widest;  // the first line may be a title
    return agreeing != other.agreeing ? agreeing > other.agreeing : width > other.width;
  }
};

Trial try_out(char delimiter, std::string_view opening, const CsvDialect& dialect) {
  const CsvScanner scanner(delimiter, dialect.comment);
  const std::vector<Fields> records = first_records(opening, scanner);
  Trial trial{delimiter};
  if (records.empty()) return trial;
  trial.width = records[0].size();
  for (const Fields& record : records) trial.widest = std::max(trial.widest, record.size());
  trial.agreeing = static_cast<std::size_t>(
      std::count_if(records.begin(), records.end(), [&](const Fields& r) { return r.size() == trial.width; }));
  trial.leaves_decimal_commas =
      trial.cuts() && 2 * trial.agreeing >= records.size() && commas_are_decimal(records, scanner);
  return trial;
}

/// Whether commas separate fields although they are decimal marks too: records agree on those outside quotes, and there
/// are some within quotes.
bool quotes_set_commas_apart(std::string_view opening, const CsvDialect& dialect) {
  const CsvScanner scanner(',', dialect.comment);
  const std::vector<Fields> records = first_records(opening, scanner);
  bool some = false;
  std::string scratch;
  std::string_view text;
  for (const Fields& record : records) {
    if (record.size() < 2 || record.size() != records[0].size()) return false;
    for (const std::string_view field : record) {
      if (!scanner.field_text(field.data(), field.data() + field.size(), scratch, text)) return false;
      some = some || (field.starts_with('"') && has_decimal_comma(text));
    }
  }
  return some;
}

}  // namespace

char sniff_delimiter(std::string_view opening, const CsvDialect& dialect) {
  Trial best{dialect.decimal == ',' ? ';' : ','};
  if (dialect.decimal != ',') best = try_out(',', opening, dialect);
  for (const char delimiter : {';', '\t'}) {
    const Trial trial = try_out(delimiter, opening, dialect);
    const bool instead_of_comma = best.delimiter == ',' && trial.leaves_decimal_commas;
    if (instead_of_comma || trial.better_than(best)) best = trial;
  }
  const bool quoted = dialect.decimal == ',' && !best.cuts() && quotes_set_commas_apart(opening, dialect);
  return quoted ? ',' : best.delimiter;
}

}  // namespace maha::data
