#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.hpp"
#include "data/table/records.hpp"

namespace maha::cli {

/// How the rows of a file are cut, and what is written of them.
struct SplitPlan {
  enum Part { kTrain, kTest };

  std::optional<double> test;
  std::optional<Index> folds, fold;
  std::optional<Part> part;
  std::optional<std::string> train_out, test_out, assign;
  std::uint64_t seed = 1;
  std::optional<std::string> output;  ///< of `part` or `assign`; check() sets that to standard output

  /// Throws UsageError if options are missing, or contradict each other.
  void check();

  /// The part of each row: kTrain or kTest; the fold, counted from 0, where all are assigned.
  std::vector<int> parts(const data::Records& records) const;

  /// Writes the records that are asked for. Throws InputError naming the file if its rows cannot be cut so.
  void write(App& app, const data::Records& records) const;
};

}  // namespace maha::cli
