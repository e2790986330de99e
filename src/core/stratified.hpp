#pragma once
/// Draws that take its share of every class. They depend on which rows share a label, on their order and on the seed,
/// and on nothing else: neither on the ids nor on the platform. Classes go by the row in which they first appear.

#include <cstdint>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// The ids as 0, 1, ...: first come, first numbered.
Labels numbered(Labels ids);

/// The rows of each class, shuffled.
std::vector<std::vector<Index>> shuffled_classes(const Labels& y, std::uint64_t seed);

/// 1 for each row that is held out, 0 for the others: the first ones of each shuffled class. The n_c rows of class c
/// are due n_c T / n of T = round(n share); each class gives the whole part of that, and the largest remainders one
/// more, until T are taken. At least `stay` rows of each class stay, and nothing is taken in their place. share in [0,
/// 1].
std::vector<int> stratified_share(const Labels& y, double share, std::uint64_t seed, std::size_t stay = 0);

/// Strata of a target, for draws in which it is distributed alike: the rows in the order of their targets, cut into
/// parts of equal size, ten of them but none of fewer than five rows. Equal targets are in one stratum, the lowest of
/// theirs. The strata depend on the order of the targets alone.
Labels quantile_strata(const Vector& target);

}  // namespace maha
