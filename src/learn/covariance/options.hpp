#pragma once

#include <optional>

#include "core/types.hpp"
#include "learn/declarations.hpp"
#include "learn/powers.hpp"

namespace maha::learn::covariance {

enum class Shrinkage { none, fixed, ledoit_wolf, oas };

struct CovarianceOptions {
  bool within = false;    ///< pooled within classes: each row about the mean of its class
  bool unbiased = false;  ///< divisor n - 1, within classes n - C, instead of n
  double ridge = 0;       ///< >= 0; adds ridge * tr(S)/d to each variance
  Shrinkage shrinkage = Shrinkage::none;
  double weight = 0;                ///< of Shrinkage::fixed, in [0, 1]
  bool pseudo_inverse = false;      ///< accept the pseudo-inverse of a singular S without a warning
  bool robust = false;              ///< the minimum covariance determinant (robust/robust.hpp), not for those above
  std::optional<double> support{};  ///< of it, the share of rows, from .5 to 1; by default the least number
  std::optional<Index> starts{};    ///< of it, random starts of the search beside six others, >= 0; by default 100
};

/// The options of maha-cov.
void declare(OptionList& all, CovarianceOptions& options);

/// Throws UsageError if an option is out of range.
void check(const CovarianceOptions& options);

/// The powers of the data that a fit with these options adds up.
inline Powers powers_of(const CovarianceOptions& options) {
  return options.shrinkage == Shrinkage::ledoit_wolf ? Powers::fourth : Powers::squares;
}

/// What only maha-cov has: labels if it is to work within classes.
void describe(Hooks& hooks, CovarianceOptions& options);

}  // namespace maha::learn::covariance
