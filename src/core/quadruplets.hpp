#pragma once

#include <compare>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// Two pairs of rows, counted from 0, of which (i, j) is known to be nearer than (k, l), and what that weighs.
struct Quadruplet {
  Index i = 0, j = 0, k = 0, l = 0;
  double weight = 1;

  auto operator<=>(const Quadruplet&) const = default;
};

using Quadruplets = std::vector<Quadruplet>;

}  // namespace maha
