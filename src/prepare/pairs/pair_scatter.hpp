#pragma once

#include "core/pairs.hpp"
#include "core/team.hpp"

namespace maha::prepare {

/// sum_p w_p (x_i - x_j)(x_i - x_j)' over the pairs p = (i, j), d x d, both triangles. X: n x d; w: one weight for each
/// pair, of either sign; those of weight 0 cost nothing. Differences are taken before they are multiplied, so nothing
/// cancels, and a tile of them at a time: the cost is |pairs| d^2 and the memory a few d x d, however many pairs.
/// The ranks of a team share the tiles, here and below.
SquareMatrix pair_scatter(const MatrixRef& X, const Pairs& pairs, const Vector& w, const Team& team = Threads());

/// The diagonal of it alone, d numbers at a cost of |pairs| d.
Vector pair_scatter_diagonal(const MatrixRef& X, const Pairs& pairs, const Vector& w, const Team& team = Threads());

/// What rounding may have done to either, relative to the trace (of the diagonal alone: to each entry): the length of
/// its sums times the unit roundoff.
double pair_scatter_rounding(const Pairs& pairs, Index dims);

/// x_i - x_j of the pairs begin, ..., end - 1, one a row.
Matrix pair_differences(const MatrixRef& X, const Pairs& pairs, Index begin, Index end);

/// |x_i - x_j|^2 of each pair, in their order.
Vector squared_lengths(const MatrixRef& X, const Pairs& pairs, const Team& team = Threads());

/// Those that are similar, or those that are not, in their order.
Pairs pairs_with(const Pairs& pairs, bool similar);

/// Throws InputError unless every pair names two different rows in [0, n).
void check_pairs(const Pairs& pairs, Index n);

/// The same, and throws InputError unless there are pairs of both kinds.
void check_both_kinds(const Pairs& pairs, Index n);

}  // namespace maha::prepare
