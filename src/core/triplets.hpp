#pragma once

#include <compare>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Three rows, counted from 0: the anchor is known to be more similar to `near` than to `far`.
struct Triplet {
  Index anchor = 0, near = 0, far = 0;

  auto operator<=>(const Triplet&) const = default;
};

using Triplets = std::vector<Triplet>;

/// A triplet of rows (anchor i, near j, far l) and its multiplier alpha in a dual problem.
struct TripletMultiplier {
  Index i, j, l;
  double alpha;
};

}  // namespace maha
