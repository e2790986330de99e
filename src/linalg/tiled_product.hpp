#pragma once

#include "core/machine/parallel.hpp"
#include "core/team.hpp"
#include "core/types.hpp"

namespace maha::linalg {

/// A B for A: n x d and B: d x r, `tile` rows of A at a time, on several threads and ranks. A product rounds the last few rows of
/// a tile differently, so the last bits depend on `tile`, though not on the number of threads or ranks.
Matrix tiled_product(const Matrix& A, const SquareMatrix& B, Index tile, const Team& team);

/// A += B'B in the lower triangle of A (m x m), by square tiles on several threads; B: n x m. The entries above the
/// diagonal mean nothing afterwards.
void add_gram(SquareMatrix& A, const MatrixRef& B, const Threads& threads);

}  // namespace maha::linalg
