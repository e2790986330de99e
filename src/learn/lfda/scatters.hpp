#pragma once

#include "core/machine/parallel.hpp"
#include "core/types.hpp"

namespace maha::learn::lfda {

/// S_w and S_b, r x r.
struct LocalScatters {
  SquareMatrix within, between;
};

/// Those of rows in the coordinates Z (n x r), weighted by the affinities of the rows X (n x d) with classes y. S_b is
/// a sum of three positive semidefinite parts, so that it has no negative eigenvalue but for rounding: that of the
/// means of the classes, and of each class (1 - n_c/n)/n times its scatter less n_c S_w's part of it. Cost: d + r for
/// every ordered pair of rows of a class; memory: two n x r, and some hundred rows of affinities a thread.
LocalScatters local_scatters(const MatrixRef& X, const Matrix& Z, const Labels& y, Index k, const Threads& threads);

}  // namespace maha::learn::lfda
