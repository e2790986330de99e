#pragma once
/// Nearest neighbours class by class.

#include <string>
#include <vector>

#include "neighbors/index.hpp"

namespace maha::neighbors {

/// For each row of X (n x d) the k nearest other rows of its class, by their numbers in X. Class ids are >= 0. Throws
/// InputError if a class that occurs has at most k rows. Ranks as in NeighborIndex::nearest_other.
NeighborLists nearest_in_class(const MatrixRef& X, const Labels& y, Index k, const Threads& threads = Threads(),
                               const Ranks& ranks = alone());

/// The rows that have k others of their class, in their order: those of the classes with more than k rows. Throws
/// InputError, `class b has 1 row: WHAT need at least 3`, if one that occurs has fewer, unless such are dropped. Class
/// ids are >= 0; `names`: those of the classes, as far as they are known.
std::vector<Index> rows_with_neighbors(const Labels& y, Index k, bool drop_small_classes,
                                       const std::vector<std::string>& names, const std::string& what);

/// What class c is called in messages: by its name if that is known, else its id.
std::string class_called(std::size_t c, const std::vector<std::string>& names);

/// For each of m queries and each class c in [0, classes) the k nearest rows of that class, by their numbers in X: list
/// q of result[c]. A class with fewer rows has shorter lists; one without rows has none, with k = 0.
std::vector<NeighborLists> nearest_by_class(const MatrixRef& X, const Labels& y, int classes, const MatrixRef& queries,
                                            Index k, const Threads& threads = Threads());

}  // namespace maha::neighbors
