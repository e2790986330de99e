#pragma once

#include <cstdint>

#include "core/types.hpp"

namespace maha::prepare {

/// How many chunks of `size` rows of one class there are room for, no row in two of them.
Index count_chunks(const Labels& y, Index size);

/// The chunk of each row: n numbers 0, 1, ..., `count` - 1 in the order of the chunks' first rows, -1 for a row in
/// none. A chunk has `size` rows of one class, and no row is in two. The rows of each class, in random order, are cut
/// into as many chunks as they make, and of those of all classes `count` are drawn, every set equally likely: a class
/// gets chunks in proportion to its size. The ids of classes do not matter. Throws InputError, naming their number, if
/// there are too few. Cost: n log n.
Labels draw_chunks(const Labels& y, Index count, Index size, std::uint64_t seed);

}  // namespace maha::prepare
