#pragma once

#include "core/parallel.hpp"
#include "core/types.hpp"
#include "neighbors/index.hpp"

namespace maha {

/// How well the nearest reference rows of a query are of its class, as Musgrave, Belongie & Lim (A metric learning
/// reality check, ECCV 2020) and their pytorch-metric-learning measure it. R is the number of reference rows of the
/// query's class. All are means over the queries with R > 0.
struct Retrieval {
  Index queries = 0;                                          ///< with R > 0
  Index without = 0;                                          ///< those with R = 0, which do not count
  double recall_at_1 = 0, recall_at_5 = 0, recall_at_10 = 0;  ///< one of the first k is of the class
  double r_precision = 0;                                     ///< the share of the first R that is
  double map_at_r = 0;              ///< 1/R sum_{i <= R, i-th of the class} (share of the first i that is)
  double mean_reciprocal_rank = 0;  ///< 1 / (rank of the first that is)
};

/// Of m x d queries with classes q, among the reference rows with classes y; neighbours at equal distance rank by row
/// number. Exact. Throws InputError if sizes differ. Memory: a tile of queries with their max(10, R) nearest rows each.
/// Cost: the search for those; n d for a query of which none is of its class.
Retrieval evaluate_retrieval(const NeighborIndex& index, const Labels& y, const MatrixRef& queries, const Labels& q,
                             const Threads& threads = Threads());

/// Leave-one-out: each reference row among the others.
Retrieval evaluate_retrieval(const NeighborIndex& index, const Labels& y, const Threads& threads = Threads());

}  // namespace maha
