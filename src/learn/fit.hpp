#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "learn/prepare/singular_features.hpp"
#include "learn/samples.hpp"
#include "learn/warning.hpp"

namespace maha {

/// What a fit came to. A part that the learner does not have is absent.
struct Fit {
  Learned metric{};                     ///< over the features of the samples
  RowVector center{};                   ///< d: what rows are compared with; empty without
  std::optional<double> objective{};    ///< of the metric itself
  std::optional<double> bound{};        ///< proven of the optimum: below what is minimised, above what is maximised
  std::optional<double> gap{};          ///< between the two, relative to the larger
  std::optional<Index> iterations{};    ///< or epochs
  std::optional<bool> converged{};      ///< whether the tolerance was reached, by proof where there is a bound
  bool local_minimum = false;           ///< that it ended in one, which is not proven the best
  std::optional<Index> rows{};          ///< learned from, if not all
  std::optional<std::uint64_t> seed{};  ///< of random numbers, if any were drawn
  Report extras{};                      ///< what else the learner counted, in the order to be shown
  std::vector<Warning> warnings{};
  std::vector<std::string> unused{};         ///< options that had no part in this fit, by long name
  std::optional<Singularity> singularity{};  ///< of the rows that were learned from, if it was looked for
  std::vector<TripletMultiplier> dual{};     ///< what proves the bound, if wanted

  /// The Mahalanobis metric that was learned, where that is what the learner learns.
  const Metric& linear() const { return std::get<Metric>(metric); }
};

}  // namespace maha
