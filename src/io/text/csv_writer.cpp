#include "io/text/csv_writer.hpp"

#include "core/text/number.hpp"

namespace maha::io {

void append_field(std::string& out, std::string_view text) {
  const bool blank_edge = !text.empty() && (text.front() == ' ' || text.back() == ' ');
  if (!blank_edge && text.find_first_of(",\"\n\r\t;") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string csv_line(const std::vector<std::string>& fields) {
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line += ',';
    append_field(line, std::string_view(fields[i]));
  }
  line += '\n';
  return line;
}

void append_numbers(std::string& out, const Eigen::Ref<const RowVector>& numbers) {
  for (Index j = 0; j < numbers.size(); ++j) {
    if (j > 0) out += ',';
    append_number(out, numbers[j]);
  }
}

}  // namespace maha::io
