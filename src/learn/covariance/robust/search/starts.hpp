#pragma once

#include <vector>

#include "learn/covariance/robust/search/subset.hpp"

namespace maha::learn::covariance {

/// The six starts of the deterministic minimum covariance determinant: Hubert, Rousseeuw & Verdonck, J. Comput. Graph.
/// Stat. 21:618-637, 2012, section 3. Each is a covariance that outliers cannot move far, of which only the axes are
/// used: the deviations along them are robust ones, as is the center.
///   1 the correlations of tanh(u)          4 the mean of u u' / |u|^2
///   2 the correlations of the ranks        5 the covariance of the half of the rows with the smallest |u|
///   3 those of the ranks' normal scores    6 from the robust deviations of u_a + u_b and u_a - u_b, for all a, b
/// The deviations are tau estimates throughout, where the paper takes Qn below 1000 rows.
///
/// U: n x d, each column about a robust center in units of a robust scale. Returns h rows for each start: those nearest
/// to the mean of the half of the rows that are nearest to its center. Throws ExactFit where h rows lie on a hyperplane
/// across an axis. Cost: 6 d^2 a row, 2 d^2 sorted columns for the last start.
std::vector<Subset> deterministic_starts(const Matrix& U, Index h, const Threads& threads);

/// As many starts from d + 1 random rows each, or as many more as it takes for a covariance that is not singular: the
/// h rows nearest to their mean (Rousseeuw & Van Driessen 1999, section 3.1). The draw is the same for every U.
std::vector<Subset> random_starts(const Matrix& U, Index h, Index count, const Threads& threads);

}  // namespace maha::learn::covariance
