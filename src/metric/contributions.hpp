#pragma once

#include "core/types.hpp"
#include "metric/metric.hpp"

namespace maha::metric {

/// What each feature contributes to squared distances. With x, y two rows and s = x - y
///   s'Ms = sum_i c_i,  c_i = s_i (M s)_i ,
/// which of a diagonal M is M_ii s_i^2. Where features correlate in M, c_i is negative if the difference in feature i
/// makes the distance smaller, given those in the others.
class Contributions {
 public:
  explicit Contributions(const Metric& metric);

  /// The d contributions c_i of the difference s, which add up to `squared`: what a search measured between the rows'
  /// coordinates L x and L y. These round, and so `squared` and s'Ms differ in their last digits; the c_i are scaled by
  /// the quotient. Where they differ by more than a millionth, `squared` is little but rounding, and c is left as it
  /// is. Cost: 4 r d, of a diagonal M d.
  RowVector of(const RowVector& difference, double squared) const;

 private:
  Matrix L_;  // empty if M is diagonal
  RowVector weights_;
};

}  // namespace maha::metric
