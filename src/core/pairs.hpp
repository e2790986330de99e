#pragma once

#include <vector>

#include "core/types.hpp"

namespace maha {

/// Two rows, counted from 0, and whether they are known to be similar.
struct Pair {
  Index i = 0, j = 0;
  bool similar = false;

  bool operator==(const Pair&) const = default;
};

using Pairs = std::vector<Pair>;

}  // namespace maha
