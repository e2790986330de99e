#pragma once

#include <string>

#include "core/error.hpp"

namespace maha::learn {

/// Throws InputError unless a search by gradients can begin at a metric under which rows differ by about `distance`:
/// from 0 no gradient leads away, and the fourth powers of a large one overflow.
inline void require_size_of_start(double distance) {
  constexpr double kMost = 0x1p250;
  if (!(distance > 0))
    throw InputError("the metric to start from is 0 for all rows, from where no gradient leads away");
  if (!(distance < kMost)) throw InputError("the metric to start from is too large: powers of its distances overflow");
}

}  // namespace maha::learn
