#pragma once

#include <string>
#include <string_view>

#include "core/checksum.hpp"
#include "core/machine/ranks.hpp"

namespace maha {

/// "rank 1 of 2", as messages say it.
std::string rank_name(const Ranks& ranks, int rank);

/// Throws InputError on all ranks, naming `file`, unless what each of them has read there has one checksum.
void require_same(const Ranks& ranks, const Checksum& own, const std::string& file);

/// The same for a text.
void require_same(const Ranks& ranks, std::string_view text, const std::string& file);

}  // namespace maha
