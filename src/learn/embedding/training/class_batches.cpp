#include "learn/embedding/training/class_batches.hpp"

#include <algorithm>

#include "core/rows_by_class.hpp"

namespace maha::learn::embedding {
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

}  // namespace maha::learn::embedding
