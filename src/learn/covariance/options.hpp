#pragma once

#include "learn/declarations.hpp"

namespace maha::learn::covariance {

enum class Shrinkage { none, fixed, ledoit_wolf, oas };

struct CovarianceOptions {
  bool within = false;    ///< pooled within classes: each row about the mean of its class
  bool unbiased = false;  ///< divisor n - 1, within classes n - C, instead of n
  double ridge = 0;       ///< >= 0; adds ridge * tr(S)/d to each variance
  Shrinkage shrinkage = Shrinkage::none;
  double weight = 0;            ///< of Shrinkage::fixed, in [0, 1]
  bool pseudo_inverse = false;  ///< accept the pseudo-inverse of a singular S without a warning
};

/// The options of maha-cov.
void declare(OptionList& all, CovarianceOptions& options);

/// Throws UsageError if an option is out of range.
void check(const CovarianceOptions& options);

/// What only maha-cov has: labels if it is to work within classes.
void describe(Hooks& hooks, CovarianceOptions& options);

}  // namespace maha::learn::covariance
