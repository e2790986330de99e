#pragma once
/// From rows and a problem over them to a metric: whitening, a test of N = 0, the start, the solver.

#include <vector>

#include "learn/lmnn/lmnn.hpp"
#include "learn/lmnn/solver/solver.hpp"

namespace maha::learn::lmnn {

struct FittedMetric {
  metric::Metric metric;
  Matrix basis;  ///< d x r: whitens the rows
  Solution solution;
  double ridge = 0;               ///< see Whitening
  std::vector<Index> left_out;    ///< features that vary in directions where the metric is 0,
  double left_out_share = 0;      ///< by at most this share of their spread
  Index left_out_directions = 0;  ///< the number of these directions
};

/// init: the metric to start from, or nullptr.
FittedMetric fit_matrix(const MatrixRef& X, const Problem& problem, const metric::Metric* init,
                        const LmnnOptions& options, const Run& run);

/// M = diag(w).
FittedMetric fit_weights(const MatrixRef& X, const Problem& problem, const metric::Metric* init,
                         const LmnnOptions& options, const Run& run);

}  // namespace maha::learn::lmnn
