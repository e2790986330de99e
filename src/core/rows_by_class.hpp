#pragma once

#include <vector>

#include "core/types.hpp"

namespace maha {

/// The rows of each class in [0, C), in their order; C is one more than the largest id, which are >= 0, so that lists
/// may be empty.
std::vector<std::vector<Index>> rows_by_class(const Labels& y);

/// The same of these rows alone, in the order in which they are listed.
std::vector<std::vector<Index>> rows_by_class(const Labels& y, const std::vector<Index>& rows);

/// How many rows each class in [0, C) has.
std::vector<Index> class_sizes(const Labels& y);

}  // namespace maha
