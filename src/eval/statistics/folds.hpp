#pragma once

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace maha::eval {

/// Stratified splits of n rows. They depend only on which rows share a label, on the order of the rows and on the seed,
/// not on the names of labels or the platform. Classes and groups are ordered by first appearance.
///
/// For rows without labels, give all the same class. `groups`: rows of one group stay together; empty for no groups.
/// Ids of classes and groups may be any integers.
///
/// Without groups, the rows of each class are shuffled. Then
///   hold-out: the first ones are taken. Class c with n_c rows is due n_c T / n of the T = round(n share) test rows;
///     it gets the whole part of that, and the classes with the largest remainders get one more, until T are taken.
///   folds: they are dealt to the folds in turn, each class continuing where the last one stopped.
/// So each class's number of rows in a part is its due rounded up or down, and a fold has n / folds rows, rounded up or
/// down.
///
/// With groups, these are shuffled and, largest first, each assigned to the part p where it adds least to
///   sum_c L_pc^2 / (n_c w_p),  L_pc the rows of class c in p so far,  w_p the share of rows due to p.
/// The sum is smallest if every part gets its share of every class. Ties go to the part with the fewest rows.
///
/// Cost: n + (number of groups) x (number of parts). Both functions throw InputError if sizes differ or a part would be
/// empty.

/// 1 for each row of the test part, 0 for the others. test_share in (0, 1).
std::vector<int> stratified_hold_out(const Labels& y, double test_share, std::uint64_t seed, const Labels& groups = {});

/// The fold of each row, in [0, folds). folds in [2, n]; with groups at most their number.
std::vector<int> stratified_folds(const Labels& y, Index folds, std::uint64_t seed, const Labels& groups = {});

/// One fold as the test part: 1 for each row in it, 0 for the others.
std::vector<int> fold_as_test(const std::vector<int>& fold_of, Index fold);

}  // namespace maha::eval
