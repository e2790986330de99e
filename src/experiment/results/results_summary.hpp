#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace maha::experiment {

/// The summary of results, read back from what results_json wrote: how each algorithm did on each data set, without the
/// runs.
struct ResultsSummary {
  struct Entry {
    std::size_t dataset = 0, algorithm = 0;  ///< their places in the lists below
    double mean = 0;                         ///< over all runs: the accuracy, a fraction, or the RMSE
    double sd = 0;                           ///< of the runs; 0 if there was one
  };
  bool regression = false;  ///< whether numbers were predicted, and errors are RMSE
  std::vector<std::string> datasets, algorithms;
  std::vector<Entry> entries;                ///< those with a mean
  std::vector<std::optional<double>> ranks;  ///< of each algorithm: the mean over the data sets, 1 is best
  std::vector<std::string> specs{};          ///< of each algorithm: its name, if the file does not say more
};

/// Reads a results file. Throws InputError naming the file and the entry: not JSON, another format or version, a name
/// that is not in the lists, no mean at all.
ResultsSummary read_results_summary(const std::string& path);

}  // namespace maha::experiment
