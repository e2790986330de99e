#pragma once

#include "core/types.hpp"

namespace maha::learn {

/// The lowest number from `low` to `high` that will do, by bisection: all above one that will do are taken to do as
/// well, and `high` without asking. `will_do(number)` keeps what it made of the number if it says yes, since the last
/// one so asked is the lowest.
template <class WillDo>
Index lowest_that_will_do(Index low, Index high, WillDo will_do) {
  while (low < high) {
    const Index middle = (low + high) / 2;
    if (will_do(middle)) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return high;
}

}  // namespace maha::learn
