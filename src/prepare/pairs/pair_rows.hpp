#pragma once

#include <vector>

#include "core/pairs.hpp"
#include "core/types.hpp"

namespace maha::prepare {

/// Rows and pairs of them, equivalent to other rows and pairs for learning a metric.
struct PairRows {
  Matrix X;     ///< m x d
  Pairs pairs;  ///< of the rows of X
};

/// The same over a unit in which no square overflows.
struct PairRowsInUnit {
  PairRows rows;
  double unit = 1;  ///< a power of two: rows.X is X / unit
};

/// Numbers the rows whose place is not negative 0, 1, ... in their order, writes the numbers to `place` and returns
/// these rows.
std::vector<Index> number_in_place(std::vector<Index>& place);

/// The rows of X (n x d) that pairs name, and the pairs in terms of these, in their order. So a row in no pair does not
/// affect the mean or the scale of the rows.
PairRows rows_in_pairs(const MatrixRef& X, const Pairs& pairs);

/// The same rows about their mean, so that an offset costs no digits. Where subtracting the mean would itself cost the
/// pairs digits, say because one row is far from all others, the result has a row for each pair's difference, paired
/// with a row of zeros. Throws InputError if these do not fit into memory.
PairRows about_their_middle(PairRows rows);

/// The rows of X that pairs name, over their unit and about their middle.
PairRowsInUnit rows_to_learn_from(const MatrixRef& X, const Pairs& pairs);

}  // namespace maha::prepare
