#pragma once

#include <string>

#include "data/scatters/scatter_file.hpp"

namespace maha::data {

/// Adds the rows of `part`: the result is the same in any order and grouping. Returns how many parts are in both, whose
/// rows count twice then. Throws InputError, without a file's name, if it has other columns; `other` is what messages
/// call `all`.
std::size_t add(ScatterFile& all, ScatterFile part, const std::string& other);

/// Takes the rows of `part` away, which are among those of `all`. Returns true if they were added as parts: they leave
/// `all` as if they had never been there, bit for bit. If not, the rounding that they had a part in stays. Throws
/// InputError if `part` has other columns, rows that are not in `all` as far as the sums tell, or was taken away before.
bool subtract(ScatterFile& all, const ScatterFile& part, const std::string& other);

}  // namespace maha::data
