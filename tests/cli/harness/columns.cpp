#include "columns.hpp"

#include <algorithm>
#include <sstream>

#include "harness.hpp"

namespace maha::test {

std::vector<std::string> column(const std::string& csv, const std::string& name) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string& line : lines(csv)) {
    std::istringstream in(line + ",");
    std::vector<std::string>& row = rows.emplace_back();
    for (std::string field; std::getline(in, field, ',');) row.push_back(field);
  }
  const auto at = std::find(rows[0].begin(), rows[0].end(), name) - rows[0].begin();
  std::vector<std::string> values;
  for (std::size_t r = 1; r < rows.size(); ++r) values.push_back(rows[r][static_cast<std::size_t>(at)]);
  return values;
}

}  // namespace maha::test
