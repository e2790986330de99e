#pragma once

#include <vector>

#include "core/types.hpp"
#include "neighbors/index.hpp"

namespace maha::eval {

/// How the k nearest rows of a query elect its class. Class ids are in label order.
enum class Votes {
  shrink,   ///< the majority; on a tie k is lowered by one until one class leads
  lowest,   ///< the majority; on a tie the lowest class id
  weighted  ///< the largest sum of 1/distance; if rows are at distance 0, only they count; on a tie the lowest class id
};

/// The predictions of k-NN for all queries.
struct KnnPrediction {
  Index k = 0;
  Labels label;               ///< the class elected
  std::vector<double> share;  ///< the share of the votes (weights) of all k rows for that class, in (0, 1]
};

/// The votes of the first k of each query's `neighbors`, for every k in `ks`, in one pass over the lists. Neighbours at
/// equal distance count in the order of the lists, by row number. y: the class ids, >= 0, of the rows in the lists.
/// Throws InputError unless every k is in [1, neighbors.k] and every row has a class. Cost: one step for each entry.
std::vector<KnnPrediction> knn_vote(const neighbors::NeighborLists& neighbors, const Labels& y,
                                    const std::vector<Index>& ks, Votes votes = Votes::shrink);

}  // namespace maha::eval
