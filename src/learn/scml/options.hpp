#pragma once

#include <cstdint>

#include "core/types.hpp"
#include "learn/declarations.hpp"

namespace maha::learn::scml {

struct ScmlOptions {
  Index neighbors = 3;   ///< near rows of each anchor, its nearest of its class
  Index impostors = 10;  ///< far rows of each anchor, its nearest of other classes
  Index bases = 0;       ///< directions to choose from; 0: 20 a feature, at most 200
  double beta = 1e-5;    ///< weight of sum w against the mean hinge
  double tolerance = 1e-3;
  int max_iterations = 200;
  std::uint64_t seed = 1;  ///< of the regions, or triplets, that directions are made of
};

/// The options of maha-scml.
void declare(OptionList& all, ScmlOptions& options);

/// What only maha-scml has: options without a meaning for triplets, and its examples.
void describe(Hooks& hooks, ScmlOptions& options);

}  // namespace maha::learn::scml
