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
    double accuracy = 0;                     ///< fraction, of all runs
    double sd = 0;                           ///< of the runs; 0 if there was one
  };
  std::vector<std::string> datasets, algorithms;
  std::vector<Entry> entries;                ///< those with an accuracy
  std::vector<std::optional<double>> ranks;  ///< of each algorithm: the mean over the data sets, 1 is best
};

/// Reads a results file. Throws InputError naming the file and the entry: not JSON, another format or version, a name
/// that is not in the lists, no accuracy at all.
ResultsSummary read_results_summary(const std::string& path);

}  // namespace maha::experiment
