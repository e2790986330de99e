#pragma once

#include <cstdint>
#include <optional>

#include "core/pairs.hpp"
#include "core/parallel.hpp"
#include "core/preprocessing_options.hpp"

namespace maha {

/// Which pairs of labelled rows are wanted: so many at random, each row's nearest, or all.
struct PairSource {
  std::optional<Index> count, similar, dissimilar, nearest;
  bool all = false;
  bool fewer_if_need_be = false;  ///< of `count`: all of a kind, where there are not so many
  std::uint64_t seed = 1;

  /// Whether the user said which; without, nothing is drawn.
  bool chosen() const { return count || similar || dissimilar || nearest || all; }

  /// Pairs of the rows X of classes y; the nearest are those after this preprocessing. Throws InputError if too few
  /// exist.
  Pairs draw(const MatrixRef& X, const Labels& y, const PreprocessingOptions& preprocessing,
             const Threads& threads) const;
};

/// The options, as maha-pairs has them, without the seed.
void declare(OptionList& all, PairSource& source);

/// Throws UsageError unless it is one way of choosing, with a number that can be.
void check(const PairSource& source);

}  // namespace maha
