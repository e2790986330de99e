#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "learn/declarations.hpp"

namespace maha::learn::itml {

struct ItmlOptions {
  double gamma = 1;                           ///< weight of the pairs against the prior, > 0
  std::string prior_name = "identity";        ///< identity, covariance, or the file of a model
  std::optional<double> similar_within{};     ///< u, a distance; unset: from the percentile
  std::optional<double> dissimilar_beyond{};  ///< l, a distance; unset: from the percentile
  double similar_percentile = 5;              ///< of the squared distances of rows under the prior
  double dissimilar_percentile = 95;
  std::uint64_t seed = 1;     ///< of the pairs of rows drawn for percentiles, if there are too many to take all
  double tolerance = 1e-6;    ///< stop at this certified relative gap
  int max_iterations = 1000;  ///< far more than needed, unless the features' units differ by orders of magnitude
  bool want_proof = false;    ///< return what proves the bound
};

/// The options of maha-itml.
void declare(OptionList& all, ItmlOptions& options);

/// What only maha-itml has: a start, and a model as the prior.
void describe(Hooks& hooks, ItmlOptions& options);

}  // namespace maha::learn::itml
