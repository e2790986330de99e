#include "data/table/labels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/text/number.hpp"

namespace maha::data {
namespace {

/// The ids of the classes in sorted order.
std::vector<int> class_order(const std::vector<std::string>& classes) {
  std::vector<int> order(classes.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<double> values(classes.size());
  bool numeric = true;
  for (std::size_t c = 0; c < classes.size(); ++c) {
    numeric = numeric && parse_number(classes[c], values[c]) && !std::isnan(values[c]);  // nan has no place in an order
  }
  std::sort(order.begin(), order.end(), [&](int a, int b) {
    const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
    if (numeric && values[i] != values[j]) return values[i] < values[j];
    return classes[i] < classes[j];
  });
  return order;
}

}  // namespace

int LabelCoder::encode(const std::string& label) {
  const auto [found, is_new] = ids_.try_emplace(label, static_cast<int>(classes_.size()));
  if (is_new) classes_.push_back(label);
  return found->second;
}

void LabelCoder::sort(const std::vector<Labels*>& ids) {
  const std::vector<int> order = class_order(classes_);
  std::vector<int> renamed(order.size());
  std::vector<std::string> sorted(order.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto old = static_cast<std::size_t>(order[rank]);
    renamed[old] = static_cast<int>(rank);
    sorted[rank] = classes_[old];
    ids_[sorted[rank]] = static_cast<int>(rank);
  }
  classes_ = std::move(sorted);
  for (Labels* column : ids) {
    for (int& id : *column) id = renamed[static_cast<std::size_t>(id)];
  }
}

}  // namespace maha::data
