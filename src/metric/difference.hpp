#pragma once

#include "metric/metric.hpp"

namespace maha::metric {

/// How two metrics over the same features differ. Norms and inner products are those of Frobenius.
struct MetricDifference {
  double angle = 0;  ///< between A and B as vectors, in degrees, 0 to 90; 0 if they differ by a factor only
  double scale = 1;  ///< the c that brings cB closest to A
  double relative_difference = 0;  ///< |A - B| / max(|A|, |B|)
  double lowest_ratio = 1;         ///< the smallest ratio of an (unsquared) distance under A to that under B
  double highest_ratio = 1;        ///< the largest; infinite if A sees differences that B does not
  bool same_order = true;          ///< the two ratios agree to 1e-6: A and B rank all distances alike
};

/// Compares A with B. The ratios are square roots of the generalised eigenvalues of A v = lambda B v, without the
/// directions in which both are 0. Throws InputError if they are over different numbers of features.
/// Cost: O(k^3 + d k^2), k = min(d, rank A + rank B); no d x d memory for factors of low rank.
MetricDifference compare(const Metric& A, const Metric& B);

}  // namespace maha::metric
