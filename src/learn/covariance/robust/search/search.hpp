#pragma once

#include "learn/covariance/robust/search/subset.hpp"

namespace maha::learn::covariance {

/// The h rows whose covariance has the least determinant, as far as C-steps and exchanges find it from the six starts
/// and from `random` ones: neither lowers it any more, over all rows. For one feature it is the least of all, in n log
/// n steps.
///
/// Of the random starts, the ten least go on after two steps each (Rousseeuw & Van Driessen 1999, section 3.3). From
/// 10,000 rows on, of many features more, this takes place among every k-th row, some 5000, and the three least of the
/// ends go on over all rows.
///
/// U: n x d, each column about a robust center in units of a robust scale. Throws ExactFit.
Concentrated least_determinant(const Matrix& U, Index h, Index random, const Threads& threads);

}  // namespace maha::learn::covariance
