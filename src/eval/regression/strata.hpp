#pragma once

#include "core/types.hpp"

namespace maha::eval {

/// Strata of a target, for splits in which it is distributed alike: the rows in the order of their targets, cut into
/// parts of equal size, ten of them but none of fewer than five rows. Equal targets are in one stratum, the lowest of
/// theirs. The strata depend on the order of the targets alone.
Labels quantile_strata(const Vector& target);

}  // namespace maha::eval
