#pragma once

#include <string>

#include "data/scatters/scatter_file.hpp"

namespace maha::data {

/// Adds the rows of `part`: the result is the same in any order and grouping. Throws InputError, without a file's name,
/// if it has other columns; `other` is what messages call `all`.
void add(ScatterFile& all, ScatterFile part, const std::string& other);

/// How exact what is left of a scatter is.
struct Left {
  double digits = 0;  ///< of the variance of the feature that has the fewest, by an estimate of what rounding has done
  Index feature = 0;  ///< that feature
};

/// Takes the rows of `part` away, which are among those of `all`. If they were a part when `all` was put together, they
/// leave it as if they had never been there; if not, they leave the rounding of sums that they were in. Throws
/// InputError if `part` has other columns, or rows that are not in `all` as far as the sums tell.
Left subtract(ScatterFile& all, const ScatterFile& part, const std::string& other);

}  // namespace maha::data
