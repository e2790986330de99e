#pragma once

#include <cstdint>
#include <optional>

#include "core/machine/parallel.hpp"
#include "core/pairs.hpp"
#include "prepare/preprocessing_options.hpp"

namespace maha::prepare {

/// Which pairs of labelled rows to take: a number at random, each row's nearest, or all.
struct PairSource {
  std::optional<Index> count, similar, dissimilar, nearest;
  bool all = false;
  bool fewer_if_need_be = false;  ///< with `count`: take all pairs of a kind if there are fewer
  std::uint64_t seed = 1;

  /// Whether the user chose any; otherwise nothing is drawn.
  bool chosen() const { return count || similar || dissimilar || nearest || all; }

  /// Draws pairs of the rows X with classes y; nearest rows are nearest after this preprocessing. Throws InputError if
  /// there are too few pairs.
  Pairs draw(const MatrixRef& X, const Labels& y, const PreprocessingOptions& preprocessing,
             const Threads& threads) const;
};

/// The options of maha-pairs, without the seed.
void declare(OptionList& all, PairSource& source);

/// Throws UsageError unless exactly one way of choosing is given, with numbers in range.
void check(const PairSource& source);

}  // namespace maha::prepare
