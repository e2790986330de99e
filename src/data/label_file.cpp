#include "data/label_file.hpp"

#include <algorithm>
#include <sstream>
#include <utility>

#include "core/error.hpp"
#include "core/text/blanks.hpp"
#include "core/text/byte_order_mark.hpp"
#include "data/columns/column_hints.hpp"
#include "data/formats.hpp"

namespace maha::data {
namespace {

/// A line of one field.
std::string only_field(std::istream& lines) {
  std::string line;
  std::getline(lines, line);
  line.erase(0, byte_order_mark(line));
  const auto is_around = [](char c) { return c == '\r' || c == ' ' || c == '"'; };
  while (!line.empty() && is_around(line.back())) line.pop_back();
  while (!line.empty() && is_around(line.front())) line.erase(0, 1);
  return line;
}

bool has_header(std::string_view start, const FieldReader& fields) {
  std::istringstream lines{std::string(start)};
  const std::string first = only_field(lines);
  if (first.empty()) return false;
  std::string second;
  while (second.empty() && lines) second = only_field(lines);
  return named_like_a_label(first) || (!fields.is_number(first) && fields.is_number(second));
}

/// A file in which blank lines are empty fields, where CSV passes them over; those at its end are none.
class EveryLine {
 public:
  explicit EveryLine(std::unique_ptr<io::Input> input) : input_(std::move(input)) {}

  /// As io::Input reads it.
  std::size_t read(char* to, std::size_t size) {
    if (used_ > kAtOnce) ready_.erase(0, std::exchange(used_, 0));
    while (ready_.size() - used_ < size && read_part()) {
    }
    const std::size_t given = ready_.copy(to, size, used_);
    used_ += given;
    return given;
  }

 private:
  static constexpr std::size_t kAtOnce = 1 << 16;

  bool read_part() {
    if (ended_) return false;
    const std::size_t before = part_.size();
    part_.resize(before + kAtOnce);
    part_.resize(before + input_->read(part_.data() + before, kAtOnce));
    ended_ = part_.size() < before + kAtOnce;
    std::size_t start = 0;
    for (std::size_t end = part_.find('\n', before); end != std::string::npos; end = part_.find('\n', start)) {
      take(std::string_view(part_).substr(start, end + 1 - start));
      start = end + 1;
    }
    part_.erase(0, start);
    if (ended_) take(part_);
    return true;
  }

  /// A field in quotes may have blank lines of its own.
  void take(std::string_view line) {
    if (!in_quotes_ && trimmed(line.substr(0, line.find('\n'))).empty()) return void(++blank_);
    for (; blank_ > 0; --blank_) ready_ += "\"\"\n";
    ready_ += line;
    in_quotes_ ^= std::count(line.begin(), line.end(), '"') % 2 == 1;
  }

  std::unique_ptr<io::Input> input_;
  std::string part_, ready_;
  std::size_t used_ = 0;  // of what is ready
  long blank_ = 0;        // lines that wait for another
  bool in_quotes_ = false, ended_ = false;
};

}  // namespace

std::unique_ptr<RowSource> open_labels(const std::string& path, bool target, MissingField missing,
                                       const CsvDialect& dialect, const Threads& threads) {
  constexpr std::size_t kBytesToGuessFrom = 1024;
  auto input = std::make_unique<io::Input>(path);
  ColumnRequest request;
  request.feature_use = FeatureUse::none;
  request.label = "1";
  request.target = target;
  const bool is_csv = &format_of(*input) == &row_formats().back();
  if (is_csv) {
    request.header = has_header(input->start(kBytesToGuessFrom), FieldReader(dialect)) ? Header::yes : Header::no;
    const std::string name = input->name();
    const auto lines = std::make_shared<EveryLine>(std::move(input));
    input = std::make_unique<io::Input>(name, [lines](char* to, std::size_t size) { return lines->read(to, size); });
  }
  ReadOptions options;
  options.dialect = dialect;
  if (missing == MissingField::skip_row) options.missing = missing;  // nothing else can stand for a label
  std::unique_ptr<RowSource> labels = open_rows(std::move(input), request, options, threads);
  if (labels->columns().count == 1) return labels;
  throw InputError(labels->name() + ": has " + std::to_string(labels->columns().count) +
                   " columns, where a file of labels has one");
}

}  // namespace maha::data
