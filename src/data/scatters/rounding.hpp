#pragma once

#include <string>
#include <vector>

#include "data/scatters/scatter_file.hpp"

namespace maha::data {

/// What rounding has left.
struct Left {
  double digits = 0;       ///< of the variance of the feature that has the fewest, by an estimate
  Index feature = 0;       ///< that feature
  bool dependent = false;  ///< whether features depend on each other so far that rounding tells them apart
};

/// Of these sums. Throws InputError if no rows have them.
Left left_by_rounding(const ScatterFile& file);

/// Digits that are enough.
inline constexpr double kEnoughDigits = 6;

/// "8.7 digits are left of the variance of feature 2 (ash)"
std::string text(const Left& left, const ScatterFile& file);

/// What a user of the sums should know if parts were taken away that had not been added. `guarded`: against features that
/// depend on each other, as by a ridge.
std::vector<std::string> doubts_of(const ScatterFile& file, bool guarded = false);
/// The same where what is left is known.
std::vector<std::string> doubts_of(const Left& left, const ScatterFile& file, bool guarded = false);

/// Throws the InputError for sums that no rows have.
[[noreturn]] void refuse_sums();

}  // namespace maha::data
