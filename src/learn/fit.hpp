#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/report.hpp"
#include "learn/samples.hpp"
#include "learn/warning.hpp"
#include "prepare/singular_features.hpp"

namespace maha::learn {

/// Numbers with a name, some of those that prove a bound.
struct NamedNumbers {
  std::string name;
  Matrix numbers;
};

/// The result of a fit. Parts that the learner does not have are absent.
struct Fit {
  Learned metric{};                     ///< over the features of the samples
  RowVector center{};                   ///< d: the centre that rows are compared with; empty if there is none
  std::optional<double> objective{};    ///< of the metric itself
  std::optional<double> bound{};        ///< proven bound on the optimum: lower if minimising, upper if maximising
  std::optional<double> gap{};          ///< between the two, relative to the larger
  std::optional<Index> iterations{};    ///< or epochs
  std::optional<bool> converged{};      ///< whether the tolerance was reached; proven where there is a bound
  bool local_minimum = false;           ///< ended in a local minimum that is not proven to be the global one
  std::optional<Index> rows{};          ///< number of rows learned from, if not all
  std::optional<std::uint64_t> seed{};  ///< of the random numbers, if any were drawn
  Report extras{};                      ///< further figures of the learner, in the order of the report
  std::vector<Warning> warnings{};
  std::vector<std::string> unused{};                  ///< options that this fit did not use, by long name
  std::optional<prepare::Singularity> singularity{};  ///< of the rows learned from, if it was looked for
  std::vector<TripletMultiplier> dual{};              ///< the multipliers that prove the bound, if asked for
  /// What proves the bound to maha-prove, if asked for (docs/maha-prove.md). `basis`, d x r, and `prior`, r x d, are over
  /// the features; the learner puts them back to those before scaling.
  std::vector<NamedNumbers> proof{};

  /// The learned Mahalanobis metric, of a learner that learns one.
  const metric::Metric& linear() const { return std::get<metric::Metric>(metric); }

  /// From the fit to X / unit to that to X, of such a learner: its metric, and the basis of its proof.
  void divide_by(double unit) {
    metric = linear().scaled(1 / unit);
    for (auto& [name, numbers] : proof) {
      if (name == "basis") numbers /= unit;
    }
  }
};

}  // namespace maha::learn
