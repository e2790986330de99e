#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace maha {

class OptionList;
struct Hooks;

struct ItmlOptions {
  double gamma = 1;                           ///< weight of the pairs against the prior, > 0
  std::string prior_name = "identity";        ///< what `prior` is: identity, covariance, or else a file with one
  std::optional<double> similar_within{};     ///< u, a distance; unset: from the percentile
  std::optional<double> dissimilar_beyond{};  ///< l, a distance; unset: from the percentile
  double similar_percentile = 5;              ///< of the squared distances of rows under the prior
  double dissimilar_percentile = 95;
  std::uint64_t seed = 1;     ///< of the rows drawn for percentiles, where there are too many pairs of rows
  double tolerance = 1e-6;    ///< stop at this certified relative gap
  int max_iterations = 1000;  ///< far more than are needed, but where units differ by orders of magnitude

  /// Whether the name of the prior is none of the words for one.
  bool prior_is_model() const { return prior_name != "identity" && prior_name != "covariance"; }
};

/// The options, as maha-itml has them.
void declare(OptionList& all, ItmlOptions& options);

/// What it takes beside what all do: a start, and a prior that is a model.
void describe(Hooks& hooks, ItmlOptions& options);

}  // namespace maha
