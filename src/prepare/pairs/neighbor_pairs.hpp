#pragma once

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"

namespace maha::prepare {

/// Pairs each row with its nearest rows: `friends` of its own class and `enemies` of others, by Euclidean distance,
/// ties by row number. Of each row, in their order, first the similar pairs and then the dissimilar ones, nearest
/// first; the row itself is `i`, so that of two rows that are near each other there are two pairs. A row has fewer
/// friends or enemies where there are fewer. X: n x d; y: n class ids; friends and enemies: at least 1. Cost: an exact
/// search for friends within each class, and one for enemies at each of log2 C halvings of the classes.
Pairs neighbor_pairs(const MatrixRef& X, const Labels& y, Index friends, Index enemies,
                     const Threads& threads = Threads());

}  // namespace maha::prepare
