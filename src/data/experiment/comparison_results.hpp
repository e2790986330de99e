#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/types.hpp"

namespace maha {

/// What a comparison of algorithms on data sets came to, as maha-compare --format json writes it.
struct ComparisonResults {
  struct Cell {
    std::size_t dataset = 0, algorithm = 0;  ///< their places in the lists below
    double accuracy = 0;                     ///< fraction, the mean of the runs
    double sd = 0;                           ///< of the runs; 0 if there was one
  };
  std::vector<std::string> datasets, algorithms;
  std::vector<Cell> cells;                   ///< those with an accuracy
  std::vector<std::optional<double>> ranks;  ///< of each algorithm: the mean over the data sets, 1 is best
};

/// Reads a results file. Throws InputError naming the file and the entry: not JSON, another format or version, a name
/// that is not in the lists, no accuracy at all.
ComparisonResults read_comparison(const std::string& path);

}  // namespace maha
