#pragma once
/// Which kernel a search runs on: the fastest that there is, unless the environment says otherwise. Results are the
/// same on each (tile_kernel.hpp), so that this is for tests, for measuring, and for finding a fault.

#include <string_view>
#include <vector>

#include "neighbors/kernels/tile_kernel.hpp"

namespace maha {

/// Those that this processor runs, the fastest last.
std::vector<const TileKernel*> kernels_here();

/// The one of this name; of no name: the fastest that runs here. Throws UsageError if there is none of this name, or
/// this processor does not run it.
const TileKernel& kernel_named(std::string_view name);

/// The one that MAHA_KERNEL names now. Throws as kernel_named().
const TileKernel& kernel_asked_for();

}  // namespace maha
