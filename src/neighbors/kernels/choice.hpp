#pragma once
/// Which kernel a search runs on: the fastest one, unless the environment says otherwise. Results are the same on each
/// (tile_kernel.hpp), so the choice is for tests, measurements and debugging.

#include <string_view>
#include <vector>

#include "neighbors/kernels/tile_kernel.hpp"

namespace maha::neighbors {

/// The kernels that this processor runs, fastest last.
std::vector<const TileKernel*> kernels_here();

/// The kernel of this name, or the fastest that runs here if the name is empty. Throws UsageError if there is none of
/// this name, or if this processor does not run it.
const TileKernel& kernel_named(std::string_view name);

/// The kernel that MAHA_KERNEL names at present. Throws as kernel_named().
const TileKernel& kernel_asked_for();

}  // namespace maha::neighbors
