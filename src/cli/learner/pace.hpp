#pragma once

#include <optional>
#include <string>

#include "core/types.hpp"
#include "learn/learner.hpp"

namespace maha::cli {

/// What is known beforehand of how long a fit takes.
struct Pace {
  double tolerance = 0;          ///< the gap at which it stops; 0 if it has none
  std::optional<Index> epochs;   ///< that it runs at most; nothing if nobody knows how many iterations it takes
  std::string each = "epoch";    ///< what one of them is called
  std::optional<Index> limit{};  ///< of iterations or epochs, with which a longer fit would go on
};

/// Of this learner with its options.
Pace pace_of(learn::Learner& learner);

}  // namespace maha::cli
