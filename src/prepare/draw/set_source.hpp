#pragma once

#include <optional>
#include <string>

#include "core/types.hpp"
#include "prepare/draw/pair_source.hpp"

namespace maha::prepare {

/// How many chunks, triplets or quadruplets of labelled rows to draw, in place of pairs.
struct SetSource {
  std::optional<Index> chunks, chunk_size, triplets, quadruplets;
  std::optional<std::string> assign;  ///< the column of chunks

  bool chosen() const { return chunks || triplets || quadruplets; }
  Index rows_of_chunk() const { return chunk_size.value_or(2); }
  std::string column() const { return assign.value_or("chunk"); }
};

/// Its options.
void declare(OptionList& all, SetSource& source);

/// Throws UsageError unless exactly one way of choosing pairs or sets is given, with numbers in range.
void check(const PairSource& pairs, const SetSource& sets);

}  // namespace maha::prepare
