#pragma once

#include "core/machine/ranks.hpp"

namespace maha::cli {

/// Gives all ranks the standard input, which a launcher gives to the first alone: its bytes are passed on, and each rank
/// reads them from a nameless file in TMPDIR (or /tmp) in place of it. Throws InputError if there is no room for that.
void share_standard_input(const Ranks& ranks);

}  // namespace maha::cli
