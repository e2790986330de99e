#include "io/text/text_table.hpp"

#include <algorithm>

#include "core/text/characters.hpp"
#include "core/text/text.hpp"

namespace maha::io {
namespace {

constexpr std::size_t kWidest = 1000;  // characters of a cell

}  // namespace

std::string text_table(std::vector<std::vector<std::string>> rows) {
  std::vector<std::size_t> widths;
  for (auto& row : rows) {
    for (std::string& cell : row) cell = shown(cell, kWidest);
  }
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

}  // namespace maha::io
