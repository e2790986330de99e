#pragma once

#include "core/pairs.hpp"
#include "core/parallel.hpp"

namespace maha {

/// |a_i - b_j|, unsquared, of each pair (i, j), in their order. A: n x r, B: m x r, rows as Metric::transform or
/// Model::transform maps them (of one set of rows twice the same). Throws InputError if the columns differ in number,
/// or a distance overflows; squares may. Cost: |pairs| r.
Vector pair_distances(const MatrixRef& A, const MatrixRef& B, const Pairs& pairs, const Threads& threads = Threads());

}  // namespace maha
