#pragma once

#include <cstdint>

#include "core/machine/parallel.hpp"
#include "core/triplets.hpp"
#include "core/types.hpp"

namespace maha::learn::scml {

/// At most `count` directions, unit rows, from the discriminants of regions of labelled rows X; none if no rows of
/// different classes differ.
Matrix bases_of_regions(const MatrixRef& X, const Labels& y, Index count, std::uint64_t seed, const Threads& threads);

/// At most `count` directions, unit rows, each from a triplet's anchor to its far row, in the metric in which the near
/// rows differ alike everywhere.
Matrix bases_of_triplets(const MatrixRef& X, const Triplets& triplets, Index count, std::uint64_t seed,
                         const Threads& threads);

}  // namespace maha::learn::scml
