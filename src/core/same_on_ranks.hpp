#pragma once

#include <string>

#include "core/checksum.hpp"
#include "core/machine/ranks.hpp"

namespace maha {

/// Throws InputError on all ranks, naming `file`, unless what each of them has read there has one checksum.
void require_same(const Ranks& ranks, const Checksum& own, const std::string& file);

}  // namespace maha
