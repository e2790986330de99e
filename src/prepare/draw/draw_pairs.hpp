#pragma once

#include <cstdint>
#include <functional>

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"

namespace maha::prepare {

/// How many pairs of rows have equal labels, and how many have different ones.
struct PairCounts {
  Index similar = 0, dissimilar = 0;
};
PairCounts count_pairs(const Labels& y);

/// Calls visit(pair) for every pair of rows i < j, ordered by i and then j; similar if the labels are equal.
void for_each_pair(const Labels& y, const std::function<void(const Pair& pair)>& visit);

/// Draws so many similar and so many dissimilar pairs without replacement, every set equally likely; i < j, ordered by
/// i and then j. Throws InputError, naming their number, if there are too few.
/// Cost: n log n + |pairs| log |pairs|, whatever the number of pairs to choose from.
Pairs draw_pairs(const Labels& y, Index similar, Index dissimilar, std::uint64_t seed);

/// Pairs each row with its k nearest rows of its own class and its k nearest rows of other classes, by Euclidean
/// distance, ties by row number. Each pair is listed once, i < j, ordered by i and then j. X: n x d. Throws InputError
/// unless every class has more than k rows and leaves at least k rows of other classes.
Pairs nearest_pairs(const MatrixRef& X, const Labels& y, Index k, const Threads& threads = Threads());

}  // namespace maha::prepare
