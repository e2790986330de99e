#include "core/rows_by_class.hpp"

#include <numeric>

namespace maha {

std::vector<std::vector<Index>> rows_by_class(const Labels& y, const std::vector<Index>& rows) {
  std::vector<std::vector<Index>> classes;
  for (const Index row : rows) {
    const auto c = static_cast<std::size_t>(y[static_cast<std::size_t>(row)]);
    if (c >= classes.size()) classes.resize(c + 1);
    classes[c].push_back(row);
  }
  return classes;
}

std::vector<std::vector<Index>> rows_by_class(const Labels& y) {
  std::vector<Index> all(y.size());
  std::iota(all.begin(), all.end(), Index{0});
  return rows_by_class(y, all);
}

std::vector<Index> class_sizes(const Labels& y) {
  std::vector<Index> sizes;
  for (const int label : y) {
    const auto c = static_cast<std::size_t>(label);
    if (c >= sizes.size()) sizes.resize(c + 1);
    ++sizes[c];
  }
  return sizes;
}

}  // namespace maha
