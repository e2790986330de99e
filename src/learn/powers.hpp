#pragma once

#include "core/types.hpp"
#include "linalg/scatter.hpp"

namespace maha::learn {

/// Which powers of the data a fit adds up.
enum class Powers { squares, fourth };

/// Throws a FeaturesError where powers of the data overflow or underflow: M, of the size of 1 / variance, would do so
/// too. sums: d, of these powers of each feature about its mean.
void require_powers(const linalg::Moments& moments, const RowVector& sums, Powers powers);

}  // namespace maha::learn
