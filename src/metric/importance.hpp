#pragma once

#include "core/machine/parallel.hpp"
#include "core/next_rows.hpp"
#include "metric/metric.hpp"

namespace maha::metric {

/// How much each of d features counts for a metric on given rows, whatever the features' units. S is the covariance of
/// the rows, divisor n:
///   weight_i  M_ii                 the squared distance of two rows that differ in feature i alone, by 1
///   scaled_i  M_ii S_ii            the same by one standard deviation; without units
///   share_i   (M S)_ii / tr(M S)   feature i's share of the mean squared distance. Over all pairs of rows x, y
///                                  mean (x - y)' M (x - y) = 2 tr(M S) = 2 sum_i (M S)_ii.
/// Shares add up to 1; one is negative if the feature, by its correlations with others, makes distances smaller on the
/// whole. All are 0 if the distances are. If feature i is measured in a unit c times smaller, that is x_i in c x_i and
/// M_ij in M_ij / c (M_ii / c^2), scaled and share stay as they are.
struct Importance {
  Vector weight, scaled, share;
};

/// One pass; the bits do not depend on the number of threads. Memory: that of a factor of M, and O(d). Throws
/// InputError for no rows, where squares of the rows' coordinates overflow or underflow, or if M = L'L underflows.
/// Cost: 4 r d a row, d a row for a diagonal M.
Importance importance(const Metric& metric, const NextRows& next, const Threads& threads = Threads());

}  // namespace maha::metric
