#include "learn/embedding/class_batches.hpp"

#include <algorithm>
#include <cmath>

#include "core/rows_by_class.hpp"

namespace maha {
namespace {

/// Moves `count` items, drawn without replacement, to the front.
template <class T>
void draw_to_front(std::vector<T>& items, Index count, Random& random) {
  const auto size = static_cast<Index>(items.size());
  for (Index i = 0; i < count; ++i) {
    std::swap(items[static_cast<std::size_t>(i)], items[static_cast<std::size_t>(i + random.below(size - i))]);
  }
}

}  // namespace

ClassBatches::ClassBatches(const Labels& y, const std::vector<Index>& rows, Index classes, Index batch)
    : rows_(rows_by_class(y, rows)) {
  std::erase_if(rows_, [](const auto& of_class) { return of_class.empty(); });
  classes_ = std::min(classes, static_cast<Index>(rows_.size()));
  each_ = std::max<Index>(2, batch / classes_ + (batch % classes_ != 0));
}

std::vector<Index> ClassBatches::draw(Random& random) {
  draw_to_front(rows_, classes_, random);
  std::vector<Index> batch;
  for (Index c = 0; c < classes_; ++c) {
    std::vector<Index>& members = rows_[static_cast<std::size_t>(c)];
    const Index count = std::min(each_, static_cast<Index>(members.size()));
    draw_to_front(members, count, random);
    batch.insert(batch.end(), members.begin(), members.begin() + count);
  }
  return batch;
}

std::vector<int> hold_out(const Labels& y, double share, Random& random) {
  std::vector<int> held(y.size(), 0);
  for (std::vector<Index>& members : rows_by_class(y)) {
    const auto size = static_cast<Index>(members.size());
    const auto due = static_cast<Index>(std::llround(static_cast<double>(size) * share));
    const Index count = std::clamp<Index>(due, 0, std::max<Index>(0, size - 2));
    draw_to_front(members, count, random);
    for (Index i = 0; i < count; ++i) held[static_cast<std::size_t>(members[static_cast<std::size_t>(i)])] = 1;
  }
  return held;
}

}  // namespace maha
