#pragma once

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"

namespace maha::eval {

/// The distance |a_i - b_j| of each pair (i, j), in their order. A: n x r, B: m x r, rows as Metric::transform or
/// Model::transform maps them; twice the same for pairs within one set of rows. Throws InputError if A and B differ in
/// columns, or if a distance overflows; its square may. Cost: |pairs| r.
Vector pair_distances(const MatrixRef& A, const MatrixRef& B, const Pairs& pairs, const Threads& threads = Threads());

}  // namespace maha::eval
