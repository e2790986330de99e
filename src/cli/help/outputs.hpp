#pragma once
/// What the columns mean that tools write: of those for which names do not say it.

#include "cli/options.hpp"

namespace maha::cli {

void tell_explanations(Options& options);
void tell_distances(Options& options);

}  // namespace maha::cli
