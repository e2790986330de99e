#pragma once

#include <vector>

#include "core/types.hpp"
#include "neighbors/index.hpp"

namespace maha::eval {

/// How the targets of the k nearest rows of a query make its prediction.
enum class Averaging {
  plain,    ///< their mean
  weighted  ///< their mean weighted by 1/distance; if rows are at distance 0, only they count
};

/// The predictions of k-NN regression for all queries.
struct KnnEstimate {
  Index k = 0;
  Vector value;  ///< of each query
};

/// The means over the first k of each query's `neighbors`, for every k in `ks`, in one pass over the lists. target: of
/// the rows in the lists, finite. Throws InputError unless every k is in [1, neighbors.k] and every row has a target.
/// Cost: one step for each entry.
std::vector<KnnEstimate> knn_means(const neighbors::NeighborLists& neighbors, const Vector& target,
                                   const std::vector<Index>& ks, Averaging averaging = Averaging::plain);

}  // namespace maha::eval
