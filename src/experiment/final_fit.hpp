#pragma once

#include <vector>

#include "experiment/algorithm.hpp"
#include "experiment/results/results.hpp"

namespace maha::experiment {

/// The best algorithm of a comparison on one data set, fitted to all of its rows.
struct FinalFit {
  Index algorithm = 0;  ///< its place in the experiment
  Setup setup{};        ///< what a cross-validation of all rows chose, if there was a choice
  learn::Lesson lesson{};
  data::Columns columns{};  ///< of the rows
  Vector fill{};            ///< of their missing values, if any were filled
  Index rows = 0;
  bool beaten = false;  ///< by an algorithm that learns nothing
};

/// Throws UsageError unless there is one data set, in one file, and an algorithm that learns something.
void check_final(const Experiment& experiment, const std::vector<Algorithm>& algorithms);

/// Fits the algorithm of the highest accuracy on the first data set, the first of equals, of those that learn
/// something; one that failed in a run comes last. `rows`: all of that set. Throws InputError if none has a result or
/// the fit fails, RunStopped if run.tell said so.
FinalFit fit_best(const Results& results, const std::vector<Algorithm>& algorithms, const data::Table& rows,
                  const Run& run);

}  // namespace maha::experiment
