#pragma once

#include <vector>

#include "core/types.hpp"

namespace maha {

/// The rows of each class in [0, C), in their order. Ids are >= 0 and C is one more than the largest, so lists may be
/// empty.
std::vector<std::vector<Index>> rows_by_class(const Labels& y);

/// The same for these rows only, in the order in which they are listed.
std::vector<std::vector<Index>> rows_by_class(const Labels& y, const std::vector<Index>& rows);

/// How many rows each class in [0, C) has.
std::vector<Index> class_sizes(const Labels& y);

}  // namespace maha
