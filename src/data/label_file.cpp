#include "data/label_file.hpp"

#include <sstream>

#include "core/error.hpp"
#include "data/columns/column_hints.hpp"
#include "data/formats.hpp"

namespace maha::data {
namespace {

/// A line of one field.
std::string only_field(std::istream& lines) {
  std::string line;
  std::getline(lines, line);
  if (line.starts_with("\xef\xbb\xbf")) line.erase(0, 3);
  const auto is_around = [](char c) { return c == '\r' || c == ' ' || c == '"'; };
  while (!line.empty() && is_around(line.back())) line.pop_back();
  while (!line.empty() && is_around(line.front())) line.erase(0, 1);
  return line;
}

bool has_header(std::string_view start, const FieldReader& fields) {
  std::istringstream lines{std::string(start)};
  const std::string first = only_field(lines), second = only_field(lines);
  return named_like_a_label(first) || (!fields.is_number(first) && fields.is_number(second));
}

}  // namespace

std::unique_ptr<RowSource> open_labels(const std::string& path, bool target, const CsvDialect& dialect,
                                       const Threads& threads) {
  constexpr std::size_t kBytesToGuessFrom = 1024;
  auto input = std::make_unique<io::Input>(path);
  ColumnRequest request;
  request.feature_use = FeatureUse::none;
  request.label = "1";
  request.target = target;
  const bool is_csv = &format_of(*input) == &row_formats().back();
  if (is_csv)
    request.header = has_header(input->start(kBytesToGuessFrom), FieldReader(dialect)) ? Header::yes : Header::no;
  ReadOptions options;
  options.dialect = dialect;
  std::unique_ptr<RowSource> labels = open_rows(std::move(input), request, options, threads);
  if (labels->columns().count == 1) return labels;
  throw InputError(labels->name() + ": has " + std::to_string(labels->columns().count) +
                   " columns, where a file of labels has one");
}

}  // namespace maha::data
