#pragma once

#include "core/types.hpp"

namespace maha::eval {

/// P(range of k independent standard normal variables >= q), k >= 2, q >= 0: the studentized range with infinitely many
/// degrees of freedom, to about 1e-12.
double normal_range_p_value(Index k, double q);

/// Nemenyi's critical difference of the mean ranks of k algorithms over N data sets: two that differ by as much perform
/// differently at that level of significance, in (0, 1), all pairs taken together.
///   CD = q sqrt(k (k + 1) / (12 N)),  P(range of k standard normal variables >= q) = significance
/// P. Nemenyi, PhD thesis, Princeton, 1963; J. Demsar, JMLR 7:1-30, 2006, section 3.2.2, whose q_alpha is q / sqrt(2).
/// Throws InputError unless k >= 2 and N >= 1.
double nemenyi_critical_difference(Index k, Index N, double significance);

}  // namespace maha::eval
