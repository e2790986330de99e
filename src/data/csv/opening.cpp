#include "data/csv/opening.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/text/number.hpp"
#include "core/text/text.hpp"
#include "data/columns/column_names.hpp"

namespace maha::data {
namespace {

constexpr int kMostRows = 20;  // examined

using Record = std::vector<std::string>;

class OpeningCheck {
 public:
  OpeningCheck(const CsvOpening& opening, const CsvScanner& scanner, const FieldReader& fields, const std::string& file)
      : opening_(opening),
        scanner_(scanner),
        fields_(fields),
        file_(file),
        first_(opening.records[0]),
        second_(opening.records[1]) {}

  void check(bool features) const {
    const bool fits = first_.size() == second_.size();
    const std::string mark = opening_.mark(0);
    if (!mark.empty() && (!fits || (first_.size() == 1 && !opening_.mark(1).empty()))) {
      fail(0, "is this line a comment? --comment " + in_quotes(mark));
    }
    if (!fits) {
      const std::string& text = opening_.text[1];
      fail(1, misfit(scanner_, text.data(), text.data() + text.size(), first_.size()) +
                  (has_row_names() ? " (write.table of R gives its row names no header; write.csv, or col.names = NA, "
                                     "does)"
                                   : ""));
    }
    if (is_title()) {
      fail(0, "looks like a title, most of its fields are empty: leave it out, as with tail -n +" +
                  std::to_string(opening_.line[1]));
    }
    if (features && first_.size() == 1) check_delimiter();
  }

 private:
  [[noreturn]] void fail(std::size_t record, const std::string& what) const {
    throw InputError(file_ + ":" + std::to_string(opening_.line[record]) + ": " + what);
  }

  bool is_text(const std::string& field) const { return !fields_.is_missing(field) && !fields_.is_numeric(field); }

  /// Whether all rows have one field more than the header and begin with text or consecutive numbers: row names of R.
  bool has_row_names() const {
    if (first_.size() < 2 ||
        std::any_of(first_.begin(), first_.end(), [&](auto& f) { return fields_.is_numeric(f); })) {
      return false;
    }
    const char* p = opening_.from_second.data();
    const char* const end = p + opening_.from_second.size();
    long before = 0;
    for (int rows = 0; rows < kMostRows && p < end;) {
      if (const char* next = scanner_.after_idle_line(p)) {
        p = next;
        continue;
      }
      const bool quoted = *scanner_.skip_blanks(p) == '"';
      const Record row = scanner_.fields(p, end, file_);
      if (row.size() != first_.size() + 1 || row.back().empty()) return false;
      const auto number = whole_number(row[0]);
      if (!quoted && !is_text(row[0]) && (!number || *number != before + 1)) return false;
      before = number.value_or(before);
      ++rows;
    }
    return true;
  }

  /// Whether the first line has a few words and the second is a header of names only.
  bool is_title() const {
    const auto empty = std::count(first_.begin(), first_.end(), "");
    return 2 * empty > std::ssize(first_) && empty < std::ssize(first_) &&
           std::all_of(first_.begin(), first_.end(), [&](auto& f) { return f.empty() || is_text(f); }) &&
           std::all_of(second_.begin(), second_.end(), [&](auto& f) { return is_text(f); });
  }

  /// A single field that is not a number, but has parts that are.
  void check_delimiter() const {
    if (fields_.is_number(second_[0])) return;
    for (const char delimiter : {' ', '|', ':'}) {
      if (delimiter == scanner_.delimiter()) continue;
      const CsvScanner scanner(delimiter);
      const Record first = parts(scanner, 0), second = parts(scanner, 1);
      const bool numbers = std::any_of(second.begin(), second.end(), [&](auto& f) { return fields_.is_number(f); });
      if (first.size() < 2 || first.size() != second.size() || !numbers) continue;
      fail(0, "one field, where there are " + std::to_string(first.size()) + " with " +
                  (delimiter == ' ' ? "blanks" : in_quotes(std::string(1, delimiter))) + " between them: -d " +
                  in_quotes(std::string(1, delimiter)));
    }
  }

  /// The fields of a record between other delimiters; none if its quotes, which were plain text, make none there.
  Record parts(const CsvScanner& scanner, std::size_t record) const {
    const std::string& text = opening_.text[record];
    const char* p = text.data();
    const char* const end = p + text.size();
    if (!scanner.record_end(p, end)) return {};
    try {
      return scanner.fields(p, end, file_);
    } catch (const InputError&) {
      return {};
    }
  }

  const CsvOpening& opening_;
  const CsvScanner& scanner_;
  const FieldReader& fields_;
  const std::string& file_;
  const Record &first_, &second_;
};

}  // namespace

void check_opening(const CsvOpening& opening, const CsvScanner& scanner, const FieldReader& fields, bool features,
                   const std::string& file) {
  if (opening.records.size() > 1) OpeningCheck(opening, scanner, fields, file).check(features);
}

}  // namespace maha::data
