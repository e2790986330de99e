#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"
#include "neighbors/index.hpp"

namespace maha::eval {

/// How many of the reference rows nearest to a query are of its class, as Musgrave, Belongie & Lim (A metric learning
/// reality check, ECCV 2020) and their pytorch-metric-learning measure it. R is the number of reference rows of the
/// query's class; such rows are relevant. All figures are means over the queries with R > 0.
struct Retrieval {
  Index queries = 0;                                          ///< with R > 0
  Index without = 0;                                          ///< with R = 0, which do not count
  double recall_at_1 = 0, recall_at_5 = 0, recall_at_10 = 0;  ///< whether one of the first k is relevant
  double r_precision = 0;                                     ///< the share of the first R that are relevant
  double map_at_r = 0;              ///< 1/R sum over relevant i-th rows, i <= R, of (relevant share of the first i)
  double mean_reciprocal_rank = 0;  ///< 1 / (rank of the first relevant row)
};

/// For m x d queries with classes q, among the reference rows with classes y; neighbours at equal distance rank by row
/// number. Exact. Throws InputError if sizes differ. Memory: a tile of queries with their max(10, R) nearest rows.
/// Cost: the search for those, plus n d for each query without a relevant row among them.
Retrieval evaluate_retrieval(const neighbors::NeighborIndex& index, const Labels& y, const MatrixRef& queries,
                             const Labels& q, const Threads& threads = Threads());

/// Leave-one-out: each reference row among the others.
Retrieval evaluate_retrieval(const neighbors::NeighborIndex& index, const Labels& y,
                             const Threads& threads = Threads());

}  // namespace maha::eval
