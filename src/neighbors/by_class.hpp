#pragma once
/// Nearest neighbours class by class.

#include "neighbors/index.hpp"

namespace maha {

/// For each row of X (n x d) the k nearest other rows of its class, by their numbers in X. Class ids are >= 0. Throws
/// InputError if a class that occurs has at most k rows.
NeighborLists nearest_in_class(const MatrixRef& X, const Labels& y, Index k, const Threads& threads = Threads());

/// For each of m queries and each class c in [0, classes) the k nearest rows of that class, by their numbers in X: list
/// q of result[c]. A class with fewer rows has shorter lists; one without rows has none, with k = 0.
std::vector<NeighborLists> nearest_by_class(const MatrixRef& X, const Labels& y, int classes, const MatrixRef& queries,
                                            Index k, const Threads& threads = Threads());

}  // namespace maha
