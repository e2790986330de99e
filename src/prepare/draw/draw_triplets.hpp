#pragma once

#include <cstdint>

#include "core/quadruplets.hpp"
#include "core/triplets.hpp"

namespace maha::prepare {

/// How many triplets there are: an anchor, another row of its class and a row of another class. The largest number
/// where they are more.
Index count_triplets(const Labels& y);

/// Draws so many of them without replacement, every set equally likely; ordered by anchor, near and far. Throws
/// InputError, naming their number, if there are too few. Cost: n log n + |triplets| log |triplets|, whatever the
/// number to choose from.
Triplets draw_triplets(const Labels& y, Index count, std::uint64_t seed);

/// The same for quadruplets: a similar pair i < j, which shall be nearer, and a dissimilar pair k < l.
Index count_quadruplets(const Labels& y);
Quadruplets draw_quadruplets(const Labels& y, Index count, std::uint64_t seed);

}  // namespace maha::prepare
