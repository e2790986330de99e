#pragma once

#include <vector>

#include "core/pairs.hpp"
#include "core/types.hpp"

namespace maha {

/// Rows and pairs of them that ask of a metric what others ask.
struct PairRows {
  Matrix X;     ///< m x d
  Pairs pairs;  ///< of the rows of X
};

/// Numbers the rows whose place is not negative from 0 on, in their order, there; returns these rows.
std::vector<Index> number_in_place(std::vector<Index>& place);

/// The rows of X (n x d) that pairs name, and the pairs of these, in their order: a row that is in none has no say in
/// where the middle is or how large numbers are.
PairRows rows_in_pairs(const MatrixRef& X, const Pairs& pairs);

/// The same rows about their mean, so that an offset costs no digits of what is computed from them. Where the mean
/// would cost the pairs digits, as where one row is far from all others, the pairs' differences stand in the place of
/// the rows, and a row of zeros that each is paired with. Throws InputError if these do not fit into memory.
PairRows about_their_middle(PairRows rows);

}  // namespace maha
