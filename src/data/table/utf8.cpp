#include "data/table/utf8.hpp"

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "io/json.hpp"

namespace maha::data {
namespace {

constexpr const char* kRemedy = " is not UTF-8, which JSON must be: iconv -f latin1 -t UTF-8";

void require_utf8(const Columns& columns, std::size_t column, const std::string& file) {
  if (column >= columns.names.size() || is_utf8(columns.names[column])) return;
  throw InputError(file + ": column " + std::to_string(column + 1) + " (" + in_quotes(columns.names[column]) + ")" +
                   kRemedy);
}

}  // namespace

/// Asks the JSON writer itself, so that the two agree.
bool is_utf8(std::string_view text) {
  try {
    (void)io::Json(text).dump();
    return true;
  } catch (const io::Json::exception&) {
    return false;
  }
}

void require_utf8_names(const Columns& columns, const std::string& file) {
  for (const std::size_t column : columns.features) require_utf8(columns, column, file);
  if (columns.label) require_utf8(columns, *columns.label, file);
}

void require_utf8_header(const Columns& columns, const std::string& file) {
  for (std::size_t column = 0; column < columns.names.size(); ++column) require_utf8(columns, column, file);
}

void require_utf8_labels(const Table& table) {
  for (const std::string& name : table.classes) {
    if (is_utf8(name)) continue;
    throw InputError(table.name + ": " + table.columns.describe(*table.columns.label) + ": the label " +
                     in_quotes(name) + kRemedy);
  }
}

}  // namespace maha::data
