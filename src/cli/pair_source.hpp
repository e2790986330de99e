#pragma once

#include <cstdint>
#include <optional>

#include "cli/options.hpp"
#include "core/pairs.hpp"
#include "core/preprocessing_options.hpp"
#include "data/table.hpp"

namespace maha::cli {

/// Which pairs of labelled rows are wanted: so many at random, each row's nearest, or all.
struct PairSource {
  std::optional<Index> count, similar, dissimilar, nearest;
  bool all = false;
  bool fewer_if_need_be = false;  ///< of `count`: all of a kind, where there are not so many
  std::uint64_t seed = 1;

  /// Declares all but the seed.
  void declare(Options& options);

  /// Whether the user said which; without, nothing is drawn.
  bool chosen() const { return count || similar || dissimilar || nearest || all; }

  /// Throws UsageError unless it is one way of choosing.
  void check() const;

  /// Pairs of the table's rows; the nearest are those after this preprocessing. Throws InputError if too few exist.
  Pairs draw(const Table& table, const PreprocessingOptions& preprocessing, const Threads& threads) const;
};

}  // namespace maha::cli
