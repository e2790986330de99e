#include "data/text_table.hpp"

#include <algorithm>

#include "data/characters.hpp"

namespace maha {

std::string text_table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], character_count(row[c]));
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      const std::string padding(widths[c] - character_count(row[c]), ' ');
      if (c > 0) text += "  " + padding + row[c];
      if (c == 0) text += row[c] + (row.size() > 1 ? padding : "");
    }
    text += '\n';
  }
  return text;
}

}  // namespace maha
