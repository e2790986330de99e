#pragma once

#include <cstdint>
#include <functional>

#include "core/pairs.hpp"
#include "core/parallel.hpp"

namespace maha {

/// How many pairs of rows have equal labels, and how many have not.
struct PairCounts {
  Index similar = 0, dissimilar = 0;
};
PairCounts count_pairs(const Labels& y);

/// Calls visit(pair) for every pair of rows i < j, by i and then j; similar where labels are equal.
void for_each_pair(const Labels& y, const std::function<void(const Pair& pair)>& visit);

/// So many similar and so many dissimilar pairs, drawn without replacement, each set of them as likely as any other;
/// i < j, ordered by i and then j. Throws InputError, with how many there are, if too few are.
/// Cost: n log n + |pairs| log |pairs|, however many pairs there are to choose from.
Pairs draw_pairs(const Labels& y, Index similar, Index dissimilar, std::uint64_t seed);

/// Of each row, its k nearest rows of its own class and its k nearest of others, by Euclidean distance, ties by row
/// number; each pair once, i < j, ordered by i and then j. X: n x d. Throws InputError unless every class has more than
/// k rows, and k or more are not in it.
Pairs nearest_pairs(const MatrixRef& X, const Labels& y, Index k, const Threads& threads = Threads());

}  // namespace maha
