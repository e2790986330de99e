#include "prepare/draw/draw_chunks.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/random.hpp"
#include "core/rows_by_class.hpp"

namespace maha::prepare {
namespace {

using RowSets = std::vector<std::vector<Index>>;

/// The rows of each class that has some, the class of the first row first.
RowSets classes_by_first_row(const Labels& y) {
  RowSets classes = rows_by_class(y);
  std::erase_if(classes, [](const std::vector<Index>& rows) { return rows.empty(); });
  std::sort(classes.begin(), classes.end());
  return classes;
}

/// All chunks of this size into which classes are cut at random.
RowSets cut_classes(const Labels& y, Index size, Random& random) {
  RowSets chunks;
  for (std::vector<Index>& rows : classes_by_first_row(y)) {
    random.shuffle(rows);
    for (auto at = rows.begin(); rows.end() - at >= size; at += size) {
      std::vector<Index>& chunk = chunks.emplace_back(at, at + size);
      std::sort(chunk.begin(), chunk.end());
    }
  }
  return chunks;
}

}  // namespace

Index count_chunks(const Labels& y, Index size) {
  Index count = 0;
  for (const Index rows : class_sizes(y)) count += rows / size;
  return count;
}

Labels draw_chunks(const Labels& y, Index count, Index size, std::uint64_t seed) {
  if (count < 0 || size < 1) throw InputError("chunks of at least one row are wanted, not of " + std::to_string(size));
  Random random(seed);
  RowSets chunks = cut_classes(y, size, random);
  if (count > std::ssize(chunks)) {
    throw InputError(std::to_string(count) + " chunks of " + std::to_string(size) + " rows are wanted: there are " +
                     std::to_string(chunks.size()));
  }
  random.shuffle(chunks);
  chunks.resize(static_cast<std::size_t>(count));
  std::sort(chunks.begin(), chunks.end());
  Labels chunk(y.size(), -1);
  for (std::size_t c = 0; c < chunks.size(); ++c) {
    for (const Index i : chunks[c]) chunk[static_cast<std::size_t>(i)] = static_cast<int>(c);
  }
  return chunk;
}

}  // namespace maha::prepare
