#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Splits of n rows that depend on which rows share a label, on their order and on the seed, and on nothing else:
/// neither on the labels' names nor on the platform. Classes (and groups) go by the row in which they first appear.
///
/// Rows without labels: give them all one class. `groups`: rows of one group stay together; empty for none. Ids of
/// classes and groups are any integers.
///
/// Without groups: the rows of each class are shuffled, and
///   hold-out: its first ones are taken. The n_c rows of class c are due n_c T / n of the T = round(n share) test rows;
///     each gets the whole part of that, and the largest remainders get one more, until T are taken.
///   folds: they are dealt one to each fold in turn, every class going on where the one before it stopped.
/// So a class's number of rows in a part is its due rounded up or down; that of a fold is n / folds rounded up or down.
///
/// With groups: they are shuffled and, the largest first, each put as a whole into the part p where it adds least to
///   sum_c L_pc^2 / (n_c w_p),   L_pc the rows of class c in p so far, w_p the share of the rows that is p's due:
/// a sum that is smallest if every part gets its share of every class. On a tie, the part with the fewest rows.
///
/// Cost: n + (number of groups) x (number of parts). Both throw InputError if sizes differ or a part would stay empty.

/// 1 for each row of the test part, 0 for the others. test_share in (0, 1).
std::vector<int> stratified_hold_out(const Labels& y, double test_share, std::uint64_t seed, const Labels& groups = {});

/// The fold of each row, in [0, folds). folds in [2, n]; with groups at most their number.
std::vector<int> stratified_folds(const Labels& y, Index folds, std::uint64_t seed, const Labels& groups = {});

/// One fold as the test part: 1 for each row that is in it, 0 for the others.
std::vector<int> fold_as_test(const std::vector<int>& fold_of, Index fold);

}  // namespace maha
